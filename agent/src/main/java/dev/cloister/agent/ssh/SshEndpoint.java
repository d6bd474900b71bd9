package dev.cloister.agent.ssh;

import dev.cloister.agent.stream.StreamChannel;
import dev.cloister.agent.workplace.Workplace;
import dev.cloister.contract.agent.OpenStream;
import dev.cloister.contract.agent.Ticket;
import dev.cloister.tunnel.ByteStream;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthNoneFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.server.session.ServerConnectionServiceFactory;
import org.apache.sshd.server.session.SessionFactory;
import org.jspecify.annotations.Nullable;

/**
 * SSH on streams. The ticket has said who comes and what is allowed, so no further authentication is asked for; the SSH
 * layer is there for its encryption between the user's own client and this workspace, and for what it can do.
 */
public final class SshEndpoint implements StreamChannel {
    /** Time for key exchange and the (empty) authentication. */
    private static final Duration LOGIN = Duration.ofSeconds(60);

    /** A client may stop reading for as long as it likes, as with a suspended pager. */
    private static final Duration NEVER = Duration.ofDays(365);

    private static final long WINDOW = 2 * 1024 * 1024;
    private static final int MOST_CHANNELS = 100;

    private final Workplace workplace;
    private final KeyPair hostKey;
    private @Nullable SessionFactory sessions;

    public SshEndpoint(Workplace workplace, KeyPair hostKey) {
        this.workplace = workplace;
        this.hostKey = hostKey;
    }

    /** Sets the library up, which takes a moment: after the agent is connected and before the first user comes. */
    public void warmUp() {
        sessions();
    }

    private synchronized SessionFactory sessions() {
        if (sessions == null) {
            sessions = new SessionFactory(configure());
        }
        return sessions;
    }

    @Override
    public Session open(OpenStream request, Ticket ticket) {
        return stream -> serve(stream, ticket);
    }

    private void serve(ByteStream stream, Ticket ticket) throws IOException {
        var session = new StreamSession(stream, sessions(), ticket);
        var watch = Thread.ofVirtual().name("ssh-login-watch").start(() -> endUnlessLoggedIn(session));
        try {
            session.run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the SSH session failed", e);
        } finally {
            watch.interrupt();
        }
    }

    private static void endUnlessLoggedIn(StreamSession session) {
        try {
            Thread.sleep(LOGIN);
            if (!session.loggedIn()) {
                session.close(true);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private SshServer configure() {
        var server = (StreamServer) ServerBuilder.builder()
                .factory(StreamServer::new)
                .keyExchangeFactories(Algorithms.keyExchanges())
                .cipherFactories(Algorithms.ciphers())
                .macFactories(Algorithms.macs())
                .signatureFactories(Algorithms.signatures())
                .compressionFactories(Algorithms.compressions())
                .channelFactories(List.of(new SessionChannel.Factory(), new DirectChannel.Factory()))
                .globalRequestHandlers(
                        List.of(KeepAliveHandler.INSTANCE, NoMoreSessionsHandler.INSTANCE, new RemoteForwarding()))
                .forwardingFilter(new TicketFilter())
                .build();
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setServiceFactories(List.of(new TicketLogin.Factory(), ServerConnectionServiceFactory.INSTANCE));
        server.setUserAuthFactories(List.of(UserAuthNoneFactory.INSTANCE));
        server.setAgentFactory(new AgentForwarding());
        server.setShellFactory(this::shell);
        server.setCommandFactory(this::command);
        server.setSubsystemFactories(
                List.of(new WorkspaceSftp(workplace.account().home())));
        limit(server);
        server.prepare();
        return server;
    }

    private static void limit(SshServer server) {
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "Cloister");
        CoreModuleProperties.WINDOW_SIZE.set(server, WINDOW);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, MOST_CHANNELS);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(server, NEVER);
    }

    /** A server that listens nowhere: sessions are made on streams. */
    private static final class StreamServer extends SshServer {
        void prepare() {
            checkConfig();
        }
    }

    private Command shell(ChannelSession channel) {
        return new ProcessCommand((SessionChannel) channel, workplace::loginShell, connection(channel));
    }

    private Command command(ChannelSession channel, String command) {
        if (!TicketFilter.ticket(channel.getSession()).getAllowFileTransfer() && FileTransfer.isOne(command)) {
            return new RefusedCommand("This connection does not allow file transfers.");
        }
        return new ProcessCommand(
                (SessionChannel) channel, more -> workplace.command(command, more), connection(channel));
    }

    /**
     * Who is there, for prompts and hooks. The two SSH variables have no addresses to tell, but bash and others look at
     * them to know that a session is remote.
     */
    private static Map<String, String> connection(ChannelSession channel) {
        return Map.of(
                "CLOISTER_USER", TicketFilter.ticket(channel.getSession()).getUsername(),
                "SSH_CLIENT", "127.0.0.1 0 22",
                "SSH_CONNECTION", "127.0.0.1 0 127.0.0.1 22");
    }
}
