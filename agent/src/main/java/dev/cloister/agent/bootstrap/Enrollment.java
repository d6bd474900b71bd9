package dev.cloister.agent.bootstrap;

import dev.cloister.agent.workplace.UserAccount;
import dev.cloister.contract.agent.Bootstrap;
import dev.cloister.contract.agent.TicketKey;
import dev.cloister.contract.agent.UuidBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a build tells its agent.
 *
 * @param server base address of the server
 * @param hostKey SSH host key of the workspace
 * @param ticketKeys public keys that sign tickets
 * @param proxy where the way out leads; null: directly
 * @param trustedCertificates additional trust anchors in PEM, or empty
 */
public record Enrollment(
        URI server,
        UUID agentId,
        AgentToken token,
        KeyPair hostKey,
        List<TicketKey> ticketKeys,
        @Nullable Proxy proxy,
        String trustedCertificates,
        UserAccount account) {

    /** The host's forwarding proxy, and the loopback port on which this agent offers it. */
    public record Proxy(Path socket, int port) {}

    /** Where the programs of this agent are that the workspace's own processes call. */
    public Path tools() {
        return Path.of(System.getProperty("java.home"), "tools");
    }

    private static final int LONGEST = 1024 * 1024;

    /**
     * Reads the one message that {@code input} carries.
     *
     * @throws IOException if it is missing, too long, or does not say what an agent has to know
     */
    public static Enrollment read(InputStream input) throws IOException {
        var bytes = input.readNBytes(LONGEST);
        var message = Bootstrap.parseDelimitedFrom(new ByteArrayInputStream(bytes));
        if (message == null) {
            throw new IOException("nothing was written to the agent's standard input");
        }
        try {
            return of(message);
        } catch (IllegalArgumentException e) {
            throw new IOException("the agent was started with wrong data: " + e.getMessage(), e);
        }
    }

    private static Enrollment of(Bootstrap message) {
        var server = URI.create(message.getServerUrl());
        if (server.getHost() == null || !("http".equals(server.getScheme()) || "https".equals(server.getScheme()))) {
            throw new IllegalArgumentException("the server's address is not an http or https URL");
        }
        if (message.getTicketKeysCount() == 0) {
            throw new IllegalArgumentException("there is no key to verify tickets with");
        }
        return new Enrollment(
                server,
                UuidBytes.read(message.getAgentId()),
                new AgentToken(message.getToken()),
                HostKey.read(
                        message.getSshHostKeyPkcs8().toByteArray(),
                        message.getSshHostKeyPoint().toByteArray()),
                List.copyOf(message.getTicketKeysList()),
                proxy(message),
                message.getCaCertificatesPem(),
                UserAccount.of(message.getUser(), message.getHome(), message.getShell()));
    }

    private static @Nullable Proxy proxy(Bootstrap message) {
        if (message.getProxySocket().isEmpty()) {
            return null;
        }
        int port = message.getProxyPort();
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the proxy has no port");
        }
        return new Proxy(Path.of(message.getProxySocket()), port);
    }
}
