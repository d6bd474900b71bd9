package dev.cloister.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot start says why in a sentence and leaves nothing running. */
class BadInputTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @TempDir
    Path directory;

    @Test
    void anOccupiedPortIsNamed() throws IOException {
        Path data = CloisterServer.publicDirectory();
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ran ran = server(
                    "--data-dir",
                    data.resolve("data").toString(),
                    "--http-address",
                    "127.0.0.1:" + taken.getLocalPort());
            assertThat(ran.exit()).as(ran.toString()).isEqualTo(1);
            assertThat(ran.err())
                    .contains(Integer.toString(taken.getLocalPort()))
                    .doesNotContain("\tat ");
        }
        assertThat(ProcessHandle.allProcesses()
                        .filter(each -> each.info().commandLine().orElse("").contains(data.toString())))
                .isEmpty();
    }

    @Test
    void anUnknownSettingIsNamedWithTheOneThatWasPerhapsMeant() throws IOException {
        Ran ran = server("--http-adress", "127.0.0.1:0");
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(2);
        assertThat(ran.err())
                .contains("--http-adress")
                .contains("--http-address")
                .doesNotContain("\tat ");
    }

    @Test
    void aCommandThatNobodyKnowsIsAUsageError() throws IOException {
        Ran ran = new Desk(directory).cloister("crate", "dev");
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(2);
        assertThat(ran.err()).contains("crate");
    }

    private Ran server(String... arguments) throws IOException {
        var command = new java.util.ArrayList<>(List.of(CloisterServer.LAUNCHER.toString(), "server"));
        command.addAll(List.of(arguments));
        return Running.start(new ProcessBuilder(command).directory(directory.toFile()), "")
                .await(LIMIT);
    }
}
