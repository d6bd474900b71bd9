package dev.cloister.cli.job;

import dev.cloister.cli.terminal.Progress;
import dev.cloister.cli.terminal.Terminal;
import dev.cloister.contract.api.LogLevel;
import dev.cloister.contract.api.ProvisionerJob;
import dev.cloister.contract.api.ProvisionerJobLog;
import dev.cloister.contract.api.ProvisionerJobStatus;
import dev.cloister.contract.client.ApiException;
import dev.cloister.contract.client.LogStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** Shows the log of a job until the job is over. A connection that breaks is opened again where it broke. */
public final class JobFollower {
    private static final int MAX_BROKEN = 20;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration LONG_PAUSE = Duration.ofSeconds(1);

    /** Opens the log after the line with a number. */
    public interface Log {
        LogStream<ProvisionerJobLog> after(long line) throws IOException;
    }

    /** Asks for the job as it is now. */
    public interface State {
        ProvisionerJob now() throws IOException;
    }

    private final Terminal terminal;
    private long lastLine;

    public JobFollower(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Returns the job in its last state, which may be a failure. */
    public ProvisionerJob follow(String title, Log log, State state) throws IOException {
        int broken = 0;
        try (var progress = new Progress(terminal)) {
            progress.step(title);
            while (true) {
                try {
                    show(log, progress);
                    var job = state.now();
                    if (over(job.status())) {
                        return job;
                    }
                } catch (ApiException refused) {
                    throw refused;
                } catch (InterruptedIOException interrupted) {
                    throw interrupted;
                } catch (IOException lost) {
                    if (++broken > MAX_BROKEN) {
                        throw lost;
                    }
                    progress.step("The connection broke; trying again");
                    pause(LONG_PAUSE);
                }
                pause(PAUSE);
            }
        }
    }

    private void show(Log log, Progress progress) throws IOException {
        try (var lines = log.after(lastLine)) {
            for (var next = lines.next(); next.isPresent(); next = lines.next()) {
                var line = next.get();
                lastLine = line.id();
                if (!line.stage().isBlank()) {
                    progress.step(line.stage());
                }
                if (line.logLevel() != LogLevel.TRACE
                        && line.logLevel() != LogLevel.DEBUG
                        && !line.output().isBlank()) {
                    progress.line("  " + line.output());
                }
            }
        }
    }

    /** Whether a job will not change any more. */
    public static boolean over(ProvisionerJobStatus status) {
        return switch (status) {
            case SUCCEEDED, FAILED, CANCELED -> true;
            case PENDING, RUNNING, CANCELING, UNKNOWN -> false;
        };
    }

    private static void pause(Duration length) throws InterruptedIOException {
        try {
            Thread.sleep(length);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Waiting was interrupted.");
        }
    }
}
