package dev.cloister.server.platform.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One life of the PostgreSQL server process, from its start to its end. */
final class PostmasterRun {
    private static final Logger LOG = LoggerFactory.getLogger(PostmasterRun.class);
    /** Recovery after a crash reads the log written since the last checkpoint, at most some hundred megabytes. */
    private static final Duration READY_LIMIT = Duration.ofMinutes(10);

    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private final ClusterPaths paths;
    private final Process process;
    private final ServerOutput output = new ServerOutput();
    private final Thread reader;

    private PostmasterRun(ClusterPaths paths, Process process) {
        this.paths = paths;
        this.process = process;
        this.reader = Thread.ofVirtual().name("postgres-output").start(() -> output.readAll(process.getInputStream()));
    }

    static PostmasterRun spawn(PostgresCommands commands, int port) throws EmbeddedPostgresException {
        try {
            return new PostmasterRun(commands.paths(), ShortCommand.spawn(commands.server(port)));
        } catch (IOException e) {
            throw Advice.io(
                    "The way to the data directory cannot be read",
                    commands.paths().directory(),
                    e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** True once connections are accepted; false if the process ended before that. */
    boolean awaitReady(Consumer<String> progress) throws InterruptedException {
        var started = System.nanoTime();
        var nextWord = TELL_EVERY.toNanos();
        while (process.isAlive()) {
            var file = PostmasterFile.read(paths.postmasterFile());
            if (file != null && file.pid() == process.pid() && file.ready()) {
                return true;
            }
            var waited = System.nanoTime() - started;
            if (waited > READY_LIMIT.toNanos()) {
                LOG.error("PostgreSQL was not ready after {} minutes and is ended", READY_LIMIT.toMinutes());
                stop();
            } else if (waited > nextWord) {
                progress.accept("PostgreSQL is still starting; after a crash it reads its log first");
                nextWord += TELL_EVERY.toNanos();
            }
            Thread.sleep(waited < TimeUnit.SECONDS.toNanos(1) ? 3 : 25);
        }
        return false;
    }

    /** Waits for the end of the process and of its output. */
    int awaitEnd() throws InterruptedException {
        var exit = process.waitFor();
        reader.join(Duration.ofSeconds(1));
        return exit;
    }

    List<String> lastLines() {
        return output.lastLines();
    }

    /** Ends the sessions and writes a checkpoint; harsher, without loss of data, if that takes too long. */
    void stop() throws InterruptedException {
        Signal.FAST_SHUTDOWN.send(pid());
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            LOG.warn("PostgreSQL did not stop within 20 s and is told to leave at once");
            Signal.IMMEDIATE_SHUTDOWN.send(pid());
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
