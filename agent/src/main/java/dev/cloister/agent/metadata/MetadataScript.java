package dev.cloister.agent.metadata;

import dev.cloister.agent.control.Times;
import dev.cloister.agent.process.ChildProcess;
import dev.cloister.agent.process.Signals;
import dev.cloister.agent.workplace.Workplace;
import dev.cloister.contract.agent.WorkspaceAgentMetadata.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Runs one small script and makes its output a value of at most {@link #MOST} bytes. */
public final class MetadataScript {
    static final int MOST = 2048;
    private static final Duration OUTPUT_GRACE = Duration.ofMillis(200);

    private final Workplace workplace;
    private final Clock clock;

    public MetadataScript(Workplace workplace, Clock clock) {
        this.workplace = workplace;
        this.clock = clock;
    }

    /** Never fails: what goes wrong is the result's error. */
    Result run(String script, Duration limit) throws InterruptedException {
        var result = Result.newBuilder().setCollectedAt(Times.timestamp(clock.instant()));
        try (var child = ChildProcess.onPipes(workplace.command(script, Map.of()))) {
            child.input().close();
            var output = collect(child.output());
            var error = collect(child.error());
            var exit = child.waitFor(limit);
            if (exit.isEmpty()) {
                child.end(Signals.KILL, Duration.ZERO);
                return result.setError("no value within " + limit.toSeconds() + " s")
                        .build();
            }
            result.setValue(output.text().strip());
            if (!exit.get().success()) {
                var detail = error.text().strip();
                result.setError("status " + exit.get().shellStatus() + (detail.isEmpty() ? "" : ": " + detail));
            }
        } catch (IOException e) {
            result.setError(String.valueOf(e.getMessage()));
        }
        return result.build();
    }

    private record Collected(Thread reader, AtomicReference<byte[]> bytes) {
        /** What has come; a process left behind may hold the pipe open, and is not waited for. */
        String text() throws InterruptedException {
            reader.join(OUTPUT_GRACE);
            return new String(bytes.get(), StandardCharsets.UTF_8);
        }
    }

    private static Collected collect(InputStream stream) {
        var kept = new AtomicReference<>(new byte[0]);
        var reader = Thread.ofVirtual().name("metadata-output").start(() -> read(stream, kept));
        return new Collected(reader, kept);
    }

    /** Keeps the beginning and throws the rest away, so that the script can go on. */
    private static void read(InputStream stream, AtomicReference<byte[]> kept) {
        try {
            var buffer = new byte[MOST];
            int filled = 0;
            int length;
            while (filled < MOST && (length = stream.read(buffer, filled, MOST - filled)) >= 0) {
                filled += length;
                kept.set(Arrays.copyOf(buffer, filled));
            }
            while (stream.read(buffer) >= 0) {
                Thread.yield();
            }
        } catch (IOException _) {
            // The process was ended while its output was read.
        }
    }
}
