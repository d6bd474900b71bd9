package dev.cloister.server.notification.delivery;

import dev.cloister.contract.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The mail server and who the deployment is there.
 *
 * @param from the sender's address, with a name or without
 * @param hello what the server calls itself in EHLO
 * @param timeout of one attempt
 */
public record MailSettings(
        String from,
        String host,
        int port,
        String hello,
        Protection protection,
        Optional<Login> login,
        Trust trust,
        Duration timeout) {
    /** How the connection is protected. */
    public enum Protection {
        /** By TLS from the first byte. */
        TLS,
        /** By TLS before anything is said; a server that does not offer it gets nothing. */
        STARTTLS,
        /** Not at all. */
        NONE
    }

    /** @param identity on whose behalf, empty for that of the username */
    public record Login(String identity, String username, Secret password) {}

    /**
     * Who is believed to be the mail server.
     *
     * @param serverName the name in its certificate, empty for the host's
     * @param skipVerify whether anybody is
     * @param authorities empty for those that Java trusts
     * @param certificate of this server, for a mail server that asks for one
     */
    public record Trust(
            String serverName,
            boolean skipVerify,
            Optional<Path> authorities,
            Optional<Path> certificate,
            Optional<Path> key) {
        public static final Trust STANDARD = new Trust("", false, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
