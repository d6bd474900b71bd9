package dev.cloister.cli.ssh;

import dev.cloister.cli.terminal.Terminal;
import dev.cloister.tunnel.Transport;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Accepts connections on a port of this machine and carries each over a stream of its own. */
final class PortForwarder {
    private static final int MAX_CONNECTIONS = 512;
    private static final int CHUNK = 32 << 10;
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Terminal terminal;
    private final Streams streams;
    private final URI there;
    private final Semaphore slots = new Semaphore(MAX_CONNECTIONS);

    PortForwarder(Terminal terminal, Streams streams, URI there) {
        this.terminal = terminal;
        this.streams = streams;
        this.there = there;
    }

    /** Begins to accept; returns at once. */
    void serve(ServerSocket socket) {
        Thread.ofVirtual().name("accept").start(() -> {
            try {
                while (true) {
                    slots.acquire();
                    var connection = socket.accept();
                    Thread.ofVirtual().name("forward").start(() -> carry(connection));
                }
            } catch (IOException closed) {
                terminal.say("No longer listening on port " + socket.getLocalPort() + ": " + closed.getMessage());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void carry(Socket connection) {
        try (connection) {
            carryBothWays(connection);
        } catch (IOException failed) {
            // it is the program's right to close its connection at any time
        } finally {
            slots.release();
        }
    }

    private void carryBothWays(Socket connection) throws IOException {
        connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
        try (var stream = open()) {
            var heard = new AtomicLong(System.nanoTime());
            Thread.ofVirtual().name("forward-out").start(() -> send(connection, stream, heard));
            var channel = Channels.newChannel(connection.getOutputStream());
            for (var chunk = stream.read(); chunk != null; chunk = stream.read()) {
                channel.write(chunk);
                heard.set(System.nanoTime());
            }
        }
    }

    private Transport open() throws IOException {
        try {
            return streams.open(there);
        } catch (IOException refused) {
            terminal.say("No connection to the workspace: " + refused.getMessage());
            throw refused;
        }
    }

    private static void send(Socket connection, Transport stream, AtomicLong heard) {
        var bytes = new byte[CHUNK];
        try {
            var in = connection.getInputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                stream.write(ByteBuffer.wrap(bytes, 0, count));
            }
            // A program that has said all it had may still be reading; a stream cannot be closed in one direction only.
            while (!connection.isClosed() && System.nanoTime() - heard.get() < SILENCE.toNanos()) {
                Thread.sleep(LOOK);
            }
        } catch (IOException ended) {
            // seen by the other direction too
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            stream.close();
        }
    }
}
