package dev.cloister.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.agent.ListeningPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent tells of listening ports, on this machine's own kernel and on made-up tables. */
class ListeningSocketsTest {
    @Test
    void aPortIsToldWhileSomethingListensOnIt() throws IOException {
        var sockets = new ListeningSockets(Path.of("/proc"), 0);
        int port;
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = listening.getLocalPort();
            assertThat(sockets.ports())
                    .filteredOn(one -> one.getPort() == port)
                    .singleElement()
                    .satisfies(one -> assertThat(one.getProcessName()).isNotEmpty());
            assertThat(new ListeningSockets(Path.of("/proc"), port).ports()).noneMatch(one -> one.getPort() == port);
        }
        assertThat(sockets.ports()).noneMatch(one -> one.getPort() == port);
    }

    @Test
    void tablesThatMakeNoSenseAreNoPorts(@TempDir Path proc) throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net/tcp"), """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1
                   1: 0100007F:1F91 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1
                   2: nonsense
                """);
        assertThat(new ListeningSockets(proc, 0).ports())
                .extracting(ListeningPort::getPort)
                .containsExactly(8080);
        Files.delete(proc.resolve("net/tcp"));
        assertThat(new ListeningSockets(proc, 0).ports()).isEmpty();
    }
}
