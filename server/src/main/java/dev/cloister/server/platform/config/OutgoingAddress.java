package dev.cloister.server.platform.config;

import java.net.URI;
import java.util.Optional;

/**
 * Where an operator may have the server post to: an https address, or an http one on this machine, without a user in it.
 * What is sent is confidential and so never crosses a network in the clear.
 */
public final class OutgoingAddress {
    /** What to tell whoever gave another. */
    public static final String RULE = "must be an https address, or an http one on this machine.";

    private OutgoingAddress() {}

    /** The address, empty where it is none that may be used. */
    public static Optional<URI> parse(String text) {
        try {
            var address = URI.create(text);
            String host = address.getHost();
            boolean good = host != null
                    && address.getRawUserInfo() == null
                    && address.getRawFragment() == null
                    && address.getPort() <= 65535
                    && ("https".equals(address.getScheme())
                            || "http".equals(address.getScheme()) && Forms.isThisMachine(host));
            return good ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether a host is this machine, told without asking for its addresses. */
    public static boolean isThisMachine(String host) {
        return Forms.isThisMachine(host);
    }

    /** Whether it has the form of a host name or of an address. */
    public static boolean isHost(String text) {
        return Forms.isHostName(text) || Forms.literal(text).isPresent();
    }
}
