package dev.cloister.provisioner.egress;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection out of a workspace: one request, then bytes both ways until both have ended. */
final class ProxyConnection {
    private static final long HEAD_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int MOST_DISCARDED = 64;
    private static final long IDLE_NANOS = TimeUnit.HOURS.toNanos(1);

    private final SocketChannel client;
    private final Supplier<EgressPolicy> policy;
    private final Dialer dialer;
    private final Journal journal;
    private final CountDownLatch left = new CountDownLatch(1);
    private volatile @Nullable SocketChannel upstream;
    private volatile boolean entered;
    private volatile long deadline = System.nanoTime() + HEAD_NANOS;

    ProxyConnection(SocketChannel client, Supplier<EgressPolicy> policy, Dialer dialer, Journal journal) {
        this.client = client;
        this.policy = policy;
        this.dialer = dialer;
        this.journal = journal;
    }

    void run() {
        try {
            // The head's deadline stands however slowly its bytes arrive.
            var input = new ClientInput(client, () -> {});
            var request = RequestHead.read(input);
            if (request.isPresent() && request.get().method().equals("CONNECT")) {
                tunnel(request.get(), input);
            } else if (request.isPresent()) {
                forward(ForwardRequest.of(request.get()), input);
            }
        } catch (BadRequest e) {
            journal.malformed(String.valueOf(e.getMessage()));
            answer(400, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            // One side left; there is nobody to tell.
        } finally {
            close();
        }
    }

    private void tunnel(RequestHead request, ClientInput input) throws IOException, BadRequest {
        if (!(Body.of(request) instanceof Body.None)) {
            throw new BadRequest("CONNECT has no body.");
        }
        var asked = HostPort.parse(request.target(), 0)
                .orElseThrow(() -> new BadRequest("The destination must be host:port."));
        var door = dialer.door(policy.get(), asked);
        if (door != null && !input.rest().hasRemaining()) {
            enter(asked, door);
            return;
        }
        var server = dial(asked);
        if (server != null) {
            establish();
            splice(asked, server, out -> out.write(input.rest()));
        }
    }

    private void establish() throws IOException {
        client.write(ByteBuffer.wrap(RequestHead.bytes("HTTP/1.1 200 Connection established\r\n\r\n")));
    }

    /** What goes on from here is the server's affair; it is waited for only to end the connection with the workspace. */
    private void enter(HostPort asked, ServerDoor door) throws IOException {
        entered = true;
        establish();
        journal.opened(asked);
        try {
            door.enter(client);
            left.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
            journal.closed(asked, 0, 0);
        }
    }

    private void forward(ForwardRequest request, ClientInput input) throws IOException {
        var asked = request.destination();
        var server = dial(asked);
        if (server == null) {
            return;
        }
        var back = new Pump(server, client, this::touch);
        journal.opened(asked);
        var counted = new CountedOutput(Channels.newOutputStream(server), this::touch);
        try {
            var answering = Thread.ofVirtual().name("egress-answer").start(() -> pump(back));
            try (var output = new BufferedOutputStream(counted, 16 * 1024)) {
                output.write(RequestHead.bytes(request.head()));
                request.body().relay(input, output);
                answering.join();
            }
        } catch (BadRequest e) {
            // Half of the request has gone out already; closing is all that is left to say.
            journal.malformed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
            journal.closed(asked, counted.bytes(), back.bytes());
        }
    }

    @FunctionalInterface
    private interface First {
        void write(Pump out) throws IOException;
    }

    private void splice(HostPort asked, SocketChannel server, First first) throws IOException {
        var out = new Pump(client, server, this::touch);
        var back = new Pump(server, client, this::touch);
        journal.opened(asked);
        try {
            var other = Thread.ofVirtual().name("egress-back").start(() -> pump(back));
            first.write(out);
            pump(out);
            other.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
            journal.closed(asked, out.bytes(), back.bytes());
        }
    }

    private @Nullable SocketChannel dial(HostPort asked) {
        try {
            var server = dialer.dial(policy.get(), asked);
            upstream = server;
            touch();
            if (!client.isOpen()) {
                close();
            }
            return server;
        } catch (Refused e) {
            if (e.isByRule()) {
                journal.refused(asked, e.reason());
            }
            answer(e.status(), e.reason());
            return null;
        }
    }

    private void pump(Pump pump) {
        try {
            pump.run();
        } catch (IOException e) {
            close();
        }
    }

    private void answer(int status, String reason) {
        var phrase = status == 403 ? "Forbidden" : status == 400 ? "Bad Request" : "Bad Gateway";
        var body = "Cloister: " + reason + "\n";
        var head =
                "HTTP/1.1 " + status + " " + phrase + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
                        + RequestHead.bytes(body).length + "\r\nConnection: close\r\n\r\n";
        try {
            client.write(ByteBuffer.wrap(RequestHead.bytes(head + body)));
            linger();
        } catch (IOException e) {
            // The client has left.
        }
    }

    /** A socket closed with bytes unread takes back what was answered: reads them, for a while. */
    private void linger() throws IOException {
        client.shutdownOutput();
        deadline = System.nanoTime() + LINGER_NANOS;
        var discarded = ByteBuffer.allocate(8192);
        for (var count = 0; count < MOST_DISCARDED && client.read(discarded.clear()) >= 0; count++) {
            // Only its end is of interest.
        }
    }

    private void touch() {
        deadline = System.nanoTime() + IDLE_NANOS;
    }

    /** Called every second or so; ends a connection that sent no head in time, or nothing for an hour. */
    void tick(long now) {
        if (entered) {
            if (!client.isOpen()) {
                left.countDown();
            }
        } else if (now - deadline > 0) {
            close();
        }
    }

    void close() {
        left.countDown();
        closeQuietly(client);
        closeQuietly(upstream);
    }

    private static void closeQuietly(@Nullable SocketChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // Closed is all it has to be.
            }
        }
    }
}
