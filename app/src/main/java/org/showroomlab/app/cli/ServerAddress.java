package org.showroomlab.app.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a server answers, as an option names it; whether one does is not looked at, only who that is. */
final class ServerAddress {
    private static final Pattern HOST_PORT = Pattern.compile("([^:/,\\s\\[\\]]+|\\[[^/,\\s\\[\\]]+]):(\\d{1,5})");
    /** Kafka's clients also read a protocol in front. */
    private static final Pattern PROTOCOL = Pattern.compile("^\\w+://");

    private static final int HIGHEST_PORT = 65_535;

    private ServerAddress() {}

    /** The option's value, when it is HOST:PORT. */
    static String one(String option, String text) {
        requireHostAndPort(option, text);
        return text;
    }

    /**
     * The option's value, when it is HOST:PORT of one or more Kafka brokers, with commas between, and one of the hosts has
     * an address.
     */
    static String brokers(String text) {
        boolean known = false;
        for (String broker : text.split(",", -1)) {
            String host = requireHostAndPort(
                    "--brokers", PROTOCOL.matcher(broker.strip()).replaceFirst(""));
            known = known || hasAddress(host);
        }
        if (!known) {
            throw new CommandProblem("--brokers is '" + text + "', and no address is known for that host");
        }
        return text;
    }

    private static boolean hasAddress(String host) {
        try {
            InetAddress.getByName(host);
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The host. */
    private static String requireHostAndPort(String option, String text) {
        Matcher parts = HOST_PORT.matcher(text);
        if (!parts.matches() || !isPort(Integer.parseInt(parts.group(2)))) {
            throw new WrongUsage(
                    option + " is '" + text + "'; allowed: HOST:PORT, with a port from 1 to " + HIGHEST_PORT);
        }
        return parts.group(1);
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= HIGHEST_PORT;
    }
}
