package org.showroomlab.reports.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen.
 *
 * @param host a name or address of this machine
 * @param port 0 to 65535; 0: any free one
 */
public record ListenAddress(String host, int port) {
    public ListenAddress {
        if (host.isBlank()) {
            throw new IllegalArgumentException("the address to listen on must not be empty");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the port must be from 0 to 65535: " + port);
        }
    }

    /** Reads ADDR:PORT; an IPv6 address stands in brackets. */
    public static ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw notAnAddress(text, null);
        }
        try {
            String host = text.substring(0, Math.max(0, colon)).replaceAll("^\\[|]$", "");
            return new ListenAddress(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw notAnAddress(text, e);
        }
    }

    private static IllegalArgumentException notAnAddress(String text, @Nullable Throwable cause) {
        return new IllegalArgumentException("'" + text + "' is not ADDR:PORT, such as 127.0.0.1:7070", cause);
    }

    /** Whether only this machine can reach it. */
    boolean isLoopback() {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            throw new ListenRefused("'" + host + "' is not an address of this machine", e);
        }
    }

    /** Whether a request's {@code Host} is this address or another name that only this machine has. */
    boolean isMeantBy(String hostAndPort) {
        String name = hostAndPort.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
        return name.equals(host.toLowerCase(Locale.ROOT))
                || name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || name.matches("127(\\.\\d{1,3}){3}");
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
