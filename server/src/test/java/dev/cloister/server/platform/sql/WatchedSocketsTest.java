package dev.cloister.server.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class WatchedSocketsTest {
    private final WatchedSockets sockets = WatchedSockets.lookingEvery(Duration.ofMillis(10), Duration.ofMillis(50));

    @Test
    void aReadThatWaitsForTooLongFailsAndASocketAtRestIsLeftAlone() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Socket atRest = sockets.createSocket();
                Socket waits = sockets.createSocket()) {
            atRest.connect(silent.getLocalSocketAddress());
            waits.connect(silent.getLocalSocketAddress());

            assertThatThrownBy(() -> waits.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThat(waits.isClosed()).isTrue();
            assertThat(atRest.isClosed()).isFalse();
        }
    }

    @Test
    void whatIsAnsweredInTimeIsRead() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Socket socket = sockets.createSocket()) {
            socket.connect(server.getLocalSocketAddress());
            try (Socket peer = server.accept()) {
                peer.getOutputStream().write(new byte[] {7, 8, 9});
                assertThat(socket.getInputStream().read()).isEqualTo(7);
                assertThat(socket.getInputStream().readNBytes(2)).containsExactly(8, 9);
            }
        }
    }
}
