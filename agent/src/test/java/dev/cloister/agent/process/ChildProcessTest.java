package dev.cloister.agent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ChildProcessTest {
    @Test
    void outputErrorInputAndStatusAreThoseOfTheProcess() throws Exception {
        try (var child = sh("cat; echo oops >&2; exit 7")) {
            child.input().write("hello".getBytes(StandardCharsets.UTF_8));
            child.input().close();

            assertThat(new String(child.output().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("hello");
            assertThat(new String(child.error().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("oops\n");
            assertThat(child.waitFor()).isEqualTo(new Exit.Status(7));
        }
    }

    @Test
    void aKilledProcessIsToldFromOneThatReturned137() throws Exception {
        try (var killed = sh("kill -9 $$");
                var returned = sh("exit 137")) {
            assertThat(killed.waitFor()).isEqualTo(new Exit.Signalled(9));
            assertThat(returned.waitFor()).isEqualTo(new Exit.Status(137));
        }
    }

    @Test
    void nothingOfTheAgentsEnvironmentOrDescriptorsIsInherited() throws Exception {
        try (var child = sh("env; ls /proc/self/fd | wc -l")) {
            var lines = new String(child.output().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();

            assertThat(lines).contains("A=b").noneMatch(line -> line.startsWith("JAVA") || line.startsWith("USER"));
            // ls has its own descriptor of the directory besides the standard three.
            assertThat(lines.getLast().strip()).isEqualTo("4");
        }
    }

    @Test
    void aChildLeadsItsOwnSessionAndSignalsReachItsGroup() throws Exception {
        try (var child = sh("ps -o sid= -p $$; sleep 100 & wait")) {
            var line = new byte[32];
            int length = child.output().read(line);
            assertThat(Long.parseLong(new String(line, 0, length, StandardCharsets.US_ASCII).strip()))
                    .isEqualTo(child.pid());

            child.end(Signals.TERM, Duration.ofSeconds(5));
            assertThat(child.output().read())
                    .as("the sleeping grandchild is gone too")
                    .isEqualTo(-1);
        }
    }

    @Test
    void aMegabytePassesUnharmedBothWays() throws Exception {
        var data = new byte[1 << 20];
        new java.util.Random(1).nextBytes(data);
        try (var child = sh("cat")) {
            var writer = Thread.ofVirtual().start(() -> {
                try (var input = child.input()) {
                    input.write(data);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(child.output().readAllBytes()).isEqualTo(data);
            writer.join();
        }
    }

    @Test
    void closingWakesAReader() throws Exception {
        var child = sh("sleep 100");
        var seen = new AtomicReference<Integer>();
        var reader = Thread.ofVirtual().start(() -> {
            try {
                seen.set(child.output().read());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });

        child.close();

        assertThat(reader.join(Duration.ofSeconds(10))).isTrue();
        assertThat(seen).hasValue(-1);
        child.end(Signals.KILL, Duration.ZERO);
    }

    @Test
    void manyIdleTerminalsHoldNoCarrier() throws Exception {
        var terminals = new java.util.ArrayList<ChildProcess>();
        for (int i = 0; i < 32; i++) {
            var child = terminal("sleep 100");
            terminals.add(child);
            Thread.ofVirtual().start(() -> {
                try {
                    int _ = child.output().read();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }

        try (var child = sh("echo still here")) {
            assertThat(child.waitFor()).isEqualTo(new Exit.Status(0));
        }
        for (var child : terminals) {
            child.end(Signals.KILL, Duration.ZERO);
            child.close();
        }
    }

    @Test
    void aTerminalIsTheControllingTerminalAndHasItsSize() throws Exception {
        try (var child = terminal("stty size; echo $(tty) $(ps -o tty= -p $$); stty -a | grep -o iutf8")) {
            var output = new String(child.output().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();

            assertThat(output.get(0)).isEqualTo("30 100");
            var names = output.get(1).split(" ");
            assertThat(names[0]).isEqualTo("/dev/" + names[1]);
            assertThat(output.get(2)).isEqualTo("iutf8");
            assertThat(child.waitFor()).isEqualTo(new Exit.Status(0));
        }
    }

    @Test
    void resizingReachesTheForegroundProcess() throws Exception {
        try (var child = terminal("trap 'stty size; exit 0' WINCH; echo ready; while :; do sleep 0.05; done")) {
            var output = child.output();
            readUntil(output, "ready");

            child.pty().orElseThrow().resize(new TerminalSize(50, 132));

            readUntil(output, "50 132");
            assertThat(child.waitFor()).isEqualTo(new Exit.Status(0));
        }
    }

    @Test
    void closingATerminalHangsUpItsSession() throws Exception {
        var child = terminal("sleep 100");

        child.close();

        assertThat(child.waitFor(Duration.ofSeconds(10))).contains(new Exit.Signalled(Signals.HUP));
    }

    @Test
    void aMissingProgramIsAnError() {
        var order = new SpawnOrder(Path.of("/no/such/program"), List.of("program"), Map.of(), Path.of("/"));

        assertThatThrownBy(() -> ChildProcess.onPipes(order))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/no/such/program");
    }

    @Test
    void failedAndFinishedProcessesLeaveNoDescriptor() throws Exception {
        runOnce();
        long before = descriptors();
        for (int i = 0; i < 20; i++) {
            runOnce();
        }

        assertThat(descriptors()).isLessThanOrEqualTo(before);
    }

    private static void runOnce() throws Exception {
        var missing = new SpawnOrder(Path.of("/no/such/program"), List.of("program"), Map.of(), Path.of("/"));
        assertThatThrownBy(() -> ChildProcess.onPipes(missing)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ChildProcess.onTerminal(missing, Pty.open(TerminalSize.USUAL), LineDiscipline.USUAL))
                .isInstanceOf(IOException.class);
        try (var child = sh("true");
                var onTerminal = terminal("true")) {
            child.waitFor();
            onTerminal.waitFor();
        }
    }

    private static long descriptors() throws IOException {
        try (var list = java.nio.file.Files.list(Path.of("/proc/self/fd"))) {
            return list.count();
        }
    }

    private static void readUntil(java.io.InputStream output, String expected) throws IOException {
        var seen = new StringBuilder();
        var buffer = new byte[1024];
        while (!seen.toString().contains(expected)) {
            int count = output.read(buffer);
            assertThat(count)
                    .as("end of output before <%s>, after: %s", expected, seen)
                    .isPositive();
            seen.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
    }

    private static ChildProcess sh(String script) throws IOException {
        return ChildProcess.onPipes(order(script));
    }

    private static ChildProcess terminal(String script) throws IOException {
        return ChildProcess.onTerminal(
                order(script), Pty.open(new TerminalSize(30, 100)), new LineDiscipline(Map.of()));
    }

    private static SpawnOrder order(String script) {
        return new SpawnOrder(
                Path.of("/bin/sh"),
                List.of("sh", "-c", script),
                Map.of("PATH", "/usr/bin:/bin", "A", "b"),
                Path.of("/tmp"));
    }
}
