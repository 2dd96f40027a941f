package org.showroomlab.reports.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may read when the application can be reached from other machines.
 *
 * <p>A token comes as {@code Authorization: Bearer}, or, so that a plain browser can log in, as the password of
 * {@code Basic}.
 *
 * @param tokens the accepted ones; none: nobody has to log in
 */
public record AccessTokens(Set<String> tokens) {
    /** The environment variable that holds the tokens, separated by commas. */
    public static final String VARIABLE = "SHOWROOM_TOKENS";

    /** Characters that a token has at least. */
    public static final int SHORTEST = 16;

    public AccessTokens {
        tokens = Set.copyOf(tokens);
        if (tokens.stream().anyMatch(t -> t.length() < SHORTEST)) {
            throw new ListenRefused("a token must have at least " + SHORTEST + " characters");
        }
    }

    /** The tokens of the environment; none when the variable is not set. */
    public static AccessTokens fromEnvironment() {
        String value = System.getenv(VARIABLE);
        return new AccessTokens(
                value == null
                        ? Set.of()
                        : Arrays.stream(value.split(","))
                                .map(String::strip)
                                .filter(t -> !t.isEmpty())
                                .collect(Collectors.toSet()));
    }

    boolean isOpen() {
        return tokens.isEmpty();
    }

    /** Whether this header carries one of the tokens. */
    boolean accepts(@Nullable String authorization) {
        if (authorization == null) {
            return false;
        }
        String given = isOf("Bearer ", authorization)
                ? authorization.substring(7).strip()
                : isOf("Basic ", authorization)
                        ? password(authorization.substring(6).strip())
                        : "";
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        // Every token is compared, in constant time, so that the time taken tells nothing.
        boolean accepted = false;
        for (String token : tokens) {
            accepted |= MessageDigest.isEqual(bytes, token.getBytes(StandardCharsets.UTF_8));
        }
        return accepted;
    }

    /** The name of a scheme is the same in any case (RFC 9110). */
    private static boolean isOf(String scheme, String authorization) {
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static String password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
