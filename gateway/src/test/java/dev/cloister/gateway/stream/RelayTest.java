package dev.cloister.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.tunnel.LoopbackTransport;
import dev.cloister.tunnel.mux.MuxSession;
import dev.cloister.tunnel.mux.MuxSettings;
import dev.cloister.tunnel.mux.MuxStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person's WebSocket, a relay, and a stream of a session whose far end plays the workspace. */
@Timeout(60)
class RelayTest {
    private final CompletableFuture<Relay> relays = new CompletableFuture<>();
    private final CompletableFuture<EdgeSocket> sockets = new CompletableFuture<>();
    private final CompletableFuture<Relay.End> end = new CompletableFuture<>();
    private MuxSession near;
    private MuxSession far;
    private EdgeServer server;
    private RawWebSocketClient person;
    private MuxStream stream;
    private MuxStream workspace;

    @BeforeEach
    void start() throws Exception {
        var pair = LoopbackTransport.pair();
        near = MuxSession.server(pair.left(), MuxSettings.defaults());
        far = MuxSession.client(pair.right(), MuxSettings.defaults());
        stream = near.open();
        workspace = far.accept();
        server = EdgeServer.sockets(() -> new EdgeSocket(socket -> {
            var relay = new Relay(socket, stream);
            sockets.complete(socket);
            relays.complete(relay);
            end.complete(relay.run());
        }));
        person = new RawWebSocketClient(server.port());
    }

    @AfterEach
    void stop() throws Exception {
        person.close();
        near.close();
        far.close();
        server.close();
    }

    private Relay.End end() throws Exception {
        return end.get(10, TimeUnit.SECONDS);
    }

    @Test
    void bytesGoThereAndBackAndAreCounted() throws Exception {
        person.binary("question".getBytes(UTF_8));
        assertThat(workspace.input().readNBytes(8)).asString(UTF_8).isEqualTo("question");
        workspace.output().write("the answer".getBytes(UTF_8));
        assertThat(person.receiveData().payload()).asString(UTF_8).isEqualTo("the answer");
        workspace.close();
        assertThat(end()).isEqualTo(Relay.End.WORKSPACE);
        assertThat(relays.get().bytesFromPerson()).isEqualTo(8);
        assertThat(relays.get().bytesToPerson()).isEqualTo(10);
        assertThat(person.receiveData().opcode()).isEqualTo(RawWebSocketClient.CLOSE);
    }

    @Test
    void manyBytesInBothDirectionsAtOnceStayWhole() throws Exception {
        int size = 20_000_000;
        var up = new byte[size];
        var down = new byte[size];
        new Random(1).nextBytes(up);
        new Random(2).nextBytes(down);
        var sender = Thread.startVirtualThread(() -> {
            try {
                var random = new Random(3);
                for (int position = 0; position < size; ) {
                    int count = Math.min(size - position, 1 + random.nextInt(100_000));
                    person.binary(java.util.Arrays.copyOfRange(up, position, position + count));
                    position += count;
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        var answering = Thread.startVirtualThread(() -> {
            try {
                workspace.output().write(down);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        var reading = CompletableFuture.supplyAsync(() -> {
            try {
                return workspace.input().readNBytes(size);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        var received = new ByteArrayOutputStream();
        while (received.size() < size) {
            received.write(person.receiveData().payload());
        }
        assertThat(received.toByteArray()).isEqualTo(down);
        assertThat(reading.get()).isEqualTo(up);
        sender.join();
        answering.join();
    }

    @Test
    void aPersonWhoClosesEndsTheStream() throws Exception {
        person.binary("last".getBytes(UTF_8));
        person.send(RawWebSocketClient.CLOSE, true, new byte[] {3, (byte) 0xe8});
        assertThat(workspace.input().readAllBytes()).asString(UTF_8).isEqualTo("last");
        assertThat(end()).isEqualTo(Relay.End.PERSON);
    }

    @Test
    void aPersonWhoseConnectionBreaksEndsTheStream() throws Exception {
        person.socket.setSoLinger(true, 0);
        person.close();
        assertThat(end()).isEqualTo(Relay.End.PERSON_LOST);
        assertThat(workspace.input().read()).isEqualTo(-1);
    }

    @Test
    void aWorkspaceThatBreaksEndsThePersonsConnection() throws Exception {
        workspace.reset();
        assertThat(person.receiveData().opcode()).isEqualTo(RawWebSocketClient.CLOSE);
        assertThat(end()).isEqualTo(Relay.End.WORKSPACE_LOST);
    }

    @Test
    void anAgentThatIsLostEndsThePersonsConnection() throws Exception {
        far.close();
        assertThat(person.receiveData().opcode()).isEqualTo(RawWebSocketClient.CLOSE);
        assertThat(end()).isEqualTo(Relay.End.WORKSPACE_LOST);
    }

    @Test
    void aRevokedConnectionIsCutAtBothEndsWhateverIsUnderWay() throws Exception {
        var sent = new AtomicLong();
        var filling = Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    workspace.output().write(new byte[10_000]);
                    sent.incrementAndGet();
                }
            } catch (IOException e) {
                // cut
            }
        });
        Standstill.await(sent);
        long before = System.nanoTime();
        stream.reset();
        sockets.get().cut(1008, "revoked");
        end();
        filling.join();
        assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(1));
        assertThatThrownBy(() -> workspace.input().read()).isInstanceOf(IOException.class);
    }

    @Test
    void aPersonWhoDoesNotReadSlowsTheWorkspaceDown() throws Exception {
        var sent = new AtomicLong();
        var filling = Thread.startVirtualThread(() -> {
            try {
                while (sent.get() < 4096) {
                    workspace.output().write(new byte[32 * 1024]);
                    sent.incrementAndGet();
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        Standstill.await(sent);
        assertThat(sent.get()).as("blocks of 32 KiB on their way").isLessThan(1024);
        for (long received = 0; received < 4096L * 32 * 1024; ) {
            received += person.receiveData().payload().length;
        }
        filling.join();
    }

    @Test
    void aServerThatStopsTellsThePersonAndDoesNotWaitForABusyConnection() throws Exception {
        var filling = Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    workspace.output().write(new byte[10_000]);
                }
            } catch (IOException e) {
                // cut
            }
        });
        person.receiveData();
        long before = System.nanoTime();
        server.stopGracefully(5000);
        assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(4));
        end();
        filling.join();
    }
}
