package org.showroomlab.app.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a server answers, as an option names it; whether one does is not looked at. */
final class ServerAddress {
    private static final Pattern HOST_PORT = Pattern.compile("(?:[^:/,\\s\\[\\]]+|\\[[^/,\\s\\[\\]]+]):(\\d{1,5})");
    /** Kafka's clients also read a protocol in front. */
    private static final Pattern PROTOCOL = Pattern.compile("^\\w+://");

    private static final int HIGHEST_PORT = 65_535;

    private ServerAddress() {}

    /** The option's value, when it is HOST:PORT. */
    static String one(String option, String text) {
        requireHostAndPort(option, text);
        return text;
    }

    /** The option's value, when it is HOST:PORT of one or more Kafka brokers, with commas between. */
    static String brokers(String text) {
        for (String broker : text.split(",", -1)) {
            requireHostAndPort("--brokers", PROTOCOL.matcher(broker.strip()).replaceFirst(""));
        }
        return text;
    }

    private static void requireHostAndPort(String option, String text) {
        Matcher parts = HOST_PORT.matcher(text);
        if (!parts.matches() || !isPort(Integer.parseInt(parts.group(1)))) {
            throw new WrongUsage(
                    option + " is '" + text + "'; allowed: HOST:PORT, with a port from 1 to " + HIGHEST_PORT);
        }
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= HIGHEST_PORT;
    }
}
