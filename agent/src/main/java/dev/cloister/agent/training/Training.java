package dev.cloister.agent.training;

import com.google.protobuf.ByteString;
import dev.cloister.agent.Agent;
import dev.cloister.agent.bootstrap.Enrollment;
import dev.cloister.agent.control.WebSocketDialer;
import dev.cloister.agent.splice.SocketStream;
import dev.cloister.agent.splice.Splice;
import dev.cloister.contract.agent.Bootstrap;
import dev.cloister.contract.agent.Channel;
import dev.cloister.contract.agent.Terminal;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.contract.ticket.TicketIssuer;
import dev.cloister.contract.ticket.Tickets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.UUID;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;

/** Starts an agent, connects it, and uses it once in each way. */
public final class Training {
    private static final int POINT_BYTES = 65;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BULK = 32 << 20;

    private final UUID id = UUID.randomUUID();
    private final KeyPair ticketKeys = keys("Ed25519");
    private final TrainingServer server;

    private Training() throws IOException {
        server = new TrainingServer(id, new TicketIssuer("training", ticketKeys.getPrivate(), Clock.systemUTC()));
    }

    /** @throws IllegalStateException if anything did not work: such an image must not be shipped */
    public static void run() {
        try {
            new Training().live();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the agent failed its training", e);
        }
    }

    private void live() throws IOException, InterruptedException {
        var enrollment = Enrollment.read(bootstrap());
        var agent = new Agent(enrollment, new WebSocketDialer(enrollment), Clock.systemUTC(), Agent.Timing.USUAL);
        var life = Thread.ofVirtual().start(() -> {
            try {
                agent.run();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        server.awaitWork();
        useTerminal();
        useSsh();
        life.interrupt();
    }

    private ByteArrayInputStream bootstrap() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var hostKey = keys("EC");
        var spki = hostKey.getPublic().getEncoded();
        Bootstrap.newBuilder()
                .setServerUrl("http://127.0.0.1:" + server.port())
                .setAgentId(UuidBytes.of(id))
                .setToken("training")
                .setSshHostKeyPkcs8(ByteString.copyFrom(hostKey.getPrivate().getEncoded()))
                .setSshHostKeyPoint(ByteString.copyFrom(spki, spki.length - POINT_BYTES, POINT_BYTES))
                .addTicketKeys(Tickets.publicKey("training", ticketKeys.getPublic()))
                .setUser("training")
                .setHome(System.getProperty("java.io.tmpdir"))
                .setShell("/bin/sh")
                .build()
                .writeDelimitedTo(bytes);
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private void useTerminal() throws IOException {
        var terminal = Terminal.newBuilder().setReconnectId(UuidBytes.of(id)).setCommand("read line; echo $line");
        try (var stream = server.open(server.request(Channel.TERMINAL).setTerminal(terminal))) {
            stream.output()
                    .write("{\"data\":\"hello\\r\",\"height\":24,\"width\":80}".getBytes(StandardCharsets.UTF_8));
            stream.input().readAllBytes();
        }
    }

    private void useSsh() throws IOException {
        try (var listener = ServerSocketChannel.open();
                var client = SshClient.setUpDefaultClient()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Thread.ofVirtual().start(() -> relay(listener));
            client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
            client.start();
            try (var session = client.connect("training", listener.getLocalAddress())
                            .verify(PATIENCE)
                            .getSession();
                    var output = new ByteArrayOutputStream()) {
                session.auth().verify(PATIENCE);
                run(session, "echo hello", InputStream.nullInputStream(), output);
                // Enough for the cache to know what is worth compiling well: transfers are fast from their first
                // second.
                run(session, "head -c " + BULK + " /dev/zero", InputStream.nullInputStream(), new Sink());
                run(session, "cat >/dev/null", new ByteArrayInputStream(new byte[BULK / 4]), output);
            }
        }
    }

    private static void run(ClientSession session, String command, InputStream input, OutputStream output)
            throws IOException {
        var channel = session.createExecChannel(command);
        channel.setIn(input);
        channel.setOut(output);
        channel.open().verify(PATIENCE);
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
    }

    private static final class Sink extends OutputStream {
        @Override
        public void write(int b) {}

        @Override
        public void write(byte[] from, int offset, int length) {}
    }

    private void relay(ServerSocketChannel listener) {
        try {
            var client = new SocketStream(listener.accept());
            Splice.join(client, server.open(server.request(Channel.SSH)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static KeyPair keys(String algorithm) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no " + algorithm + " keys", e);
        }
    }
}
