package dev.cloister.agent.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.agent.FakeServer;
import dev.cloister.agent.RunningAgent;
import dev.cloister.agent.bootstrap.Enrollment;
import dev.cloister.agent.control.WebSocketDialer;
import dev.cloister.contract.agent.Manifest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class LoopbackProxyTest {
    @TempDir
    Path directory;

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Test
    void theAgentReachesAPlainServerThroughConnect() throws Exception {
        var socket = directory.resolve("proxy.sock");
        int port = free();
        try (var server = new FakeServer(Manifest.getDefaultInstance());
                var _ = hostProxy(socket);
                var _ = LoopbackProxy.start(port, socket)) {
            int serverPort = server.listen();
            var bytes = new ByteArrayOutputStream();
            server.bootstrap(serverPort, "secret", directory).toBuilder()
                    .setProxySocket(socket.toString())
                    .setProxyPort(port)
                    .build()
                    .writeDelimitedTo(bytes);
            var dialer = new WebSocketDialer(Enrollment.read(new ByteArrayInputStream(bytes.toByteArray())));

            try (var transport = dialer.dial()) {
                assertThat(transport).isNotNull();
                RunningAgent.until("the proxy was asked", () -> !asked.isEmpty());
                assertThat(asked.getFirst()).isEqualTo("CONNECT 127.0.0.1:" + serverPort + " HTTP/1.1");
            }
        }
    }

    @Test
    void aTakenPortIsAnErrorAtOnce() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> LoopbackProxy.start(taken.getLocalPort(), directory.resolve("x")))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void withoutTheHostsProxyAConnectionEndsAndTheListenerStays() throws Exception {
        int port = free();
        try (var _ = LoopbackProxy.start(port, directory.resolve("missing"))) {
            for (int i = 0; i < 3; i++) {
                try (var client = SocketStream.connect(new InetSocketAddress("127.0.0.1", port))) {
                    assertThat(client.input().read()).isEqualTo(-1);
                }
            }
        }
    }

    /** A forwarding proxy on a unix socket that knows CONNECT. */
    private ServerSocketChannel hostProxy(Path socket) throws IOException {
        var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(() -> {
            while (listener.isOpen()) {
                try {
                    var client = new SocketStream(listener.accept());
                    Thread.ofVirtual().start(() -> connect(client));
                } catch (IOException _) {
                    return;
                }
            }
        });
        return listener;
    }

    private void connect(SocketStream client) {
        try {
            var request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                request.append((char) client.input().read());
            }
            var first = new BufferedReader(new InputStreamReader(
                            new ByteArrayInputStream(request.toString().getBytes(StandardCharsets.US_ASCII)),
                            StandardCharsets.US_ASCII))
                    .readLine();
            asked.add(first);
            int port = Integer.parseInt(first.replaceAll(".*:(\\d+) .*", "$1"));
            client.output().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Splice.join(client, SocketStream.connect(new InetSocketAddress("127.0.0.1", port)));
        } catch (IOException | InterruptedException _) {
            client.close();
        }
    }

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
