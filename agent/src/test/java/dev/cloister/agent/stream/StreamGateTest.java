package dev.cloister.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.agent.FakeServer;
import dev.cloister.agent.RunningAgent;
import dev.cloister.contract.agent.Channel;
import dev.cloister.contract.agent.Manifest;
import dev.cloister.contract.agent.OpenStream;
import dev.cloister.contract.agent.SignedTicket;
import dev.cloister.contract.agent.StreamReply;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.contract.ticket.TicketIssuer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class StreamGateTest {
    @TempDir
    Path home;

    private RunningAgent running;
    private FakeServer server;
    private ServerSocket app;

    @BeforeEach
    void start() throws Exception {
        running = new RunningAgent(home, Manifest.getDefaultInstance());
        server = running.server;
        app = new ServerSocket(0, 8, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(this::echo);
    }

    @AfterEach
    void stop() throws Exception {
        app.close();
        running.close();
    }

    @Test
    void aPortStreamReachesTheAppAndEndsEachDirectionByItself() throws Exception {
        try (var stream = server.open(port(), FakeServer.everything())) {
            stream.output().write("hello".getBytes(StandardCharsets.UTF_8));
            stream.closeOutput();

            assertThat(stream.input().readAllBytes()).asString().isEqualTo("hello");
        }
    }

    @Test
    void aPortWithoutListenerIsRefusedBeforeAnythingFlows() throws Exception {
        int closed;
        try (var free = new ServerSocket(0)) {
            closed = free.getLocalPort();
        }
        assertThatThrownBy(() -> server.open(
                        OpenStream.newBuilder().setChannel(Channel.PORT).setPort(closed), FakeServer.everything()))
                .hasMessageContaining("nothing listens on port " + closed);
    }

    @Test
    void onlyThePortsOfTheTicketOpen() throws Exception {
        var other = FakeServer.everything().addPorts(app.getLocalPort() + 1);
        var same = FakeServer.everything().addPorts(app.getLocalPort());

        assertThatThrownBy(() -> server.open(port(), other)).hasMessageContaining("does not cover this port");
        server.open(port(), same).close();
    }

    @Test
    void aTicketIsUsedOnce() throws Exception {
        var ticket = server.issuer.issue(FakeServer.everything().build());
        server.open(port(), ticket).close();

        assertThatThrownBy(() -> server.open(port(), ticket)).hasMessageContaining("used before");
    }

    @Test
    void aTicketForAnotherChannelIsRefused() {
        var sshOnly = FakeServer.everything().clearChannels().addChannels(Channel.SSH);

        assertThatThrownBy(() -> server.open(port(), sshOnly)).hasMessageContaining("does not cover this channel");
    }

    @Test
    void aTicketForAnotherAgentIsRefused() {
        var foreign = FakeServer.everything().setAgentId(UuidBytes.of(UUID.randomUUID()));

        assertThatThrownBy(() -> server.open(port(), foreign)).hasMessageContaining("another agent");
    }

    @Test
    void anExpiredTicketIsRefused() {
        var past = new TicketIssuer(
                "k1", server.ticketKeys.getPrivate(), Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-2)));

        assertThatThrownBy(() ->
                        server.open(port(), past.issue(FakeServer.everything().build())))
                .hasMessageContaining("expired");
    }

    @Test
    void anUnsignedOrForeignSignatureIsRefused() throws Exception {
        var unsigned = SignedTicket.newBuilder()
                .setKeyId("k1")
                .setTicket(FakeServer.everything().setId("x").build().toByteString())
                .build();
        var stranger = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var forged = new TicketIssuer("k1", stranger.getPrivate(), Clock.systemUTC());

        assertThatThrownBy(() -> server.open(port(), unsigned)).hasMessageContaining("signature is wrong");
        assertThatThrownBy(() ->
                        server.open(port(), forged.issue(FakeServer.everything().build())))
                .hasMessageContaining("signature is wrong");
        assertThatThrownBy(() -> server.open(port(), SignedTicket.getDefaultInstance()))
                .hasMessageContaining("does not know");
    }

    @Test
    void aRefusalIsReadableAlthoughTheClientWroteAhead() throws Exception {
        var stream = server.raw();
        var bytes = new ByteArrayOutputStream();
        port().build().writeDelimitedTo(bytes);
        bytes.write(new byte[10_000]);
        stream.output().write(bytes.toByteArray());

        var reply = StreamReply.parseDelimitedFrom(stream.input());

        assertThat(reply.getOk()).isFalse();
        assertThat(reply.getRefusal()).isNotEmpty();
        stream.close();
    }

    @Test
    void aHeaderThatClaimsToBeHugeIsNotRead() throws Exception {
        for (byte[] length : new byte[][] {
            {(byte) 0x81, (byte) 0x80, 0x01},
            {(byte) 0xff, (byte) 0xff, 0x7f},
            {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
            {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80}
        }) {
            var stream = server.raw();
            stream.output().write(length);

            assertThatThrownBy(() -> stream.input().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void randomBytesOpenNothingAndTheAgentLivesOn() throws Exception {
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            var stream = server.raw();
            var noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            try {
                stream.output().write(noise);
                stream.closeOutput();
                int first = stream.input().read();
                // Noise may be a readable header; then the answer is a refusal, which does not begin with "ok".
                assertThat(first == -1 || stream.input().read() != 0x08).isTrue();
            } catch (IOException _) {
                // Reset: refused without a word.
            }
            stream.close();
        }
        server.open(port(), FakeServer.everything()).close();
    }

    @Test
    void damagedHeadersOpenNothing() throws Exception {
        var random = new Random(11);
        for (int i = 0; i < 200; i++) {
            var header = port().setTicket(
                            server.issuer.issue(FakeServer.everything().build()))
                    .build()
                    .toByteArray();
            int bit = random.nextInt(header.length * 8);
            header[bit / 8] ^= (byte) (1 << (bit % 8));
            var stream = server.raw();
            var out = new ByteArrayOutputStream();
            out.write((header.length & 0x7f) | 0x80);
            out.write(header.length >> 7);
            out.write(header);
            try {
                stream.output().write(out.toByteArray());
                var reply = StreamReply.parseDelimitedFrom(stream.input());
                // Only bits of the request itself may differ without a refusal: the port, if it is still open.
                assertThat(reply != null && reply.getOk()).as("bit %d", bit).isFalse();
            } catch (IOException _) {
                // Reset: refused without a word.
            }
            stream.close();
        }
    }

    @Test
    void aStreamThatSaysNothingIsCutOff() throws Exception {
        var stream = server.raw();
        stream.output().write(1);

        assertThatThrownBy(() -> stream.input().read()).isInstanceOf(IOException.class);
    }

    private OpenStream.Builder port() {
        return OpenStream.newBuilder().setChannel(Channel.PORT).setPort(app.getLocalPort());
    }

    private void echo() {
        while (!app.isClosed()) {
            try {
                var client = app.accept();
                Thread.ofVirtual().start(() -> {
                    try (client) {
                        client.getInputStream().transferTo(client.getOutputStream());
                    } catch (IOException _) {
                        // The stream was reset.
                    }
                });
            } catch (IOException _) {
                return;
            }
        }
    }
}
