package org.showroomlab.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every reference value has a test that reads it: an entry that is added to the tables without one fails here. */
class OracleLedgerTest {

    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern METHOD = Pattern.compile("Oracles\\s*\\.method\\(\\s*\"([^\"]+)\"\\s*\\)");
    private static final Pattern PEER = Pattern.compile("Oracles\\s*\\.peer\\(\\s*\"([^\"]+)\"\\s*\\)");

    @Test
    void everyMethodHasATest() throws IOException {
        String tests = sources();
        assertThat(Oracles.methodIds()).hasSizeGreaterThan(70).allMatch(id -> tests.contains('"' + id + '"'));
    }

    @Test
    void everyPeerHasATest() throws IOException {
        String tests = sources();
        assertThat(Oracles.peerNames())
                .hasSizeGreaterThan(20)
                .allMatch(name -> tests.contains("peer(\"" + name + "\")"));
    }

    /** And no test reads an entry that is gone. */
    @Test
    void everyReferenceExists() throws IOException {
        assertThat(Oracles.methodIds()).containsAll(referred(METHOD));
        assertThat(Oracles.peerNames()).containsAll(referred(PEER));
    }

    @Test
    void everyEntryNamesItsSource() {
        for (String id : Oracles.methodIds()) {
            assertThat(Oracles.method(id).path("source").asText()).as(id).isNotBlank();
        }
    }

    private static Set<String> referred(Pattern reference) throws IOException {
        return reference
                .matcher(sources())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> walk = Files.walk(TESTS)) {
            for (Path file :
                    walk.filter(p -> p.toString().endsWith("Test.java")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
