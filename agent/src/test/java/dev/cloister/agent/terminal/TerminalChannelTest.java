package dev.cloister.agent.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.cloister.agent.FakeServer;
import dev.cloister.agent.RunningAgent;
import dev.cloister.contract.agent.Channel;
import dev.cloister.contract.agent.Manifest;
import dev.cloister.contract.agent.OpenStream;
import dev.cloister.contract.agent.Terminal;
import dev.cloister.contract.agent.Ticket;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.tunnel.mux.MuxStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class TerminalChannelTest {
    @TempDir
    Path home;

    private final ByteString id = UuidBytes.of(UUID.randomUUID());
    private RunningAgent running;

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    @Test
    void aTerminalRunsALoginShellOfTheClientsSize() throws Exception {
        start(Duration.ofMinutes(5));
        try (var stream = open("")) {
            type(stream, "stty size; echo user=$CLOISTER_USER$((1+1)) $TERM\r");

            assertThat(readUntil(stream, "user=ada2 xterm-256color")).contains("30 100");
        }
    }

    @Test
    void whoComesBackSeesTheScreenAndTheSameShell() throws Exception {
        start(Duration.ofMinutes(5));
        try (var stream = open("")) {
            type(stream, "secret=42; echo before-$((40+2))\r");
            readUntil(stream, "before-42");
        }

        try (var again = open("")) {
            var screen = readUntil(again, "before-42");
            assertThat(screen).startsWith("\033c");
            type(again, "echo kept-$secret\r");
            readUntil(again, "kept-42");
        }
    }

    @Test
    void severalViewersSeeTheSame() throws Exception {
        start(Duration.ofMinutes(5));
        try (var one = open("");
                var two = open("")) {
            type(one, "echo both-$((1+2))\r");

            readUntil(one, "both-3");
            readUntil(two, "both-3");
        }
    }

    @Test
    void anotherUserCannotUseTheId() throws Exception {
        start(Duration.ofMinutes(5));
        try (var stream = open("")) {
            readSome(stream);

            assertThatThrownBy(() -> open("", FakeServer.everything().setUserId(FakeServer.BOB)))
                    .hasMessageContaining("cannot be used");
        }
    }

    @Test
    void resizingArrives() throws Exception {
        start(Duration.ofMinutes(5));
        try (var stream = open("trap 'stty size' WINCH; echo ready; while :; do sleep 0.05; done")) {
            readUntil(stream, "ready");
            stream.output().write("{\"height\":50,\"width\":132}".getBytes(StandardCharsets.UTF_8));

            readUntil(stream, "50 132");
        }
    }

    @Test
    void theStreamEndsAfterTheLastOutputOfTheProcess() throws Exception {
        start(Duration.ofMinutes(5));
        try (var stream = open("echo only-this")) {
            assertThat(new String(stream.input().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("only-this");
        }
    }

    @Test
    void aTerminalNobodyWatchesEnds() throws Exception {
        start(Duration.ofMillis(300));
        var pid = new StringBuilder();
        try (var stream = open("echo pid=$$.; exec sleep 300")) {
            var output = readUntil(stream, ".");
            pid.append(output, output.indexOf("pid=") + 4, output.indexOf('.', output.indexOf("pid=")));
        }
        long number = Long.parseLong(pid.toString());

        RunningAgent.until(
                "the forgotten process is gone", () -> ProcessHandle.of(number).isEmpty());
    }

    @Test
    void aViewerThatStopsReadingHoldsNobodyUpForLong() throws Exception {
        start(Duration.ofMinutes(5));
        try (var lazy = open("");
                var busy = open("")) {
            type(busy, "head -c 4000000 /dev/zero | tr '\\\\0' x; echo; echo done-$((2+2))\r");

            readUntil(busy, "done-4");
            assertThat(lazy).isNotNull();
        }
    }

    @Test
    void inputThatIsNotWhatItShouldBeEndsTheStreamAndNotTheTerminal() throws Exception {
        start(Duration.ofMinutes(5));
        for (var nonsense : new String[] {"hello", "[1]", "{\"data\":", "{\"data\":\"" + "x".repeat(300_000) + "\"}"}) {
            var stream = open("");
            stream.output().write(nonsense.getBytes(StandardCharsets.UTF_8));
            stream.closeOutput();
            drain(stream);
        }

        try (var stream = open("")) {
            type(stream, "echo alive-$((3+3))\r");
            readUntil(stream, "alive-6");
        }
    }

    private void start(Duration kept) {
        running = new RunningAgent(home, Manifest.getDefaultInstance(), kept);
    }

    private MuxStream open(String command) throws IOException {
        return open(command, FakeServer.everything());
    }

    private MuxStream open(String command, Ticket.Builder grant) throws IOException {
        var terminal = Terminal.newBuilder()
                .setReconnectId(id)
                .setHeight(30)
                .setWidth(100)
                .setCommand(command);
        return running.server.open(
                OpenStream.newBuilder().setChannel(Channel.TERMINAL).setTerminal(terminal), grant);
    }

    private static void type(MuxStream stream, String keys) throws IOException {
        var json = "{\"data\":\"" + keys.replace("\r", "\\r") + "\"}";
        stream.output().write(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void drain(MuxStream stream) {
        try {
            stream.input().readAllBytes();
        } catch (IOException _) {
            // Reset is as good.
        }
    }

    private static void readSome(MuxStream stream) throws IOException {
        assertThat(stream.input().read()).isNotEqualTo(-1);
    }

    private static String readUntil(MuxStream stream, String expected) throws IOException {
        var seen = new StringBuilder();
        var chunk = new byte[8192];
        while (seen.indexOf(expected) < 0) {
            int length = stream.input().read(chunk);
            assertThat(length).as("end before <%s>: %s", expected, seen).isPositive();
            seen.append(new String(chunk, 0, length, StandardCharsets.UTF_8));
        }
        return seen.toString();
    }
}
