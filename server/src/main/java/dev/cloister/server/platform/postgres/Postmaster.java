package dev.cloister.server.platform.postgres;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps PostgreSQL running: one platform thread starts the process, waits for its end and starts it again on the same
 * port until it is stopped. It has to be a platform thread that lives as long as the process, because the kernel tells
 * a child of its parent's death when the very thread that started it ends.
 */
final class Postmaster {
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    sealed interface Outcome {
        record Ready() implements Outcome {}

        record Failed(EmbeddedPostgresException reason, boolean portTaken) implements Outcome {}
    }

    private final PostgresCommands commands;
    private final int port;
    private final Consumer<String> progress;
    private final BlockingQueue<Outcome> firstOutcome = new ArrayBlockingQueue<>(1);
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final Thread supervisor;
    private @Nullable PostmasterRun current;

    Postmaster(PostgresCommands commands, int port, Consumer<String> progress) {
        this.commands = commands;
        this.port = port;
        this.progress = progress;
        this.supervisor =
                Thread.ofPlatform().name("postgres-supervisor").daemon().unstarted(this::supervise);
    }

    /** Starts PostgreSQL and waits until it accepts connections or has failed. */
    Outcome start() throws InterruptedException {
        supervisor.start();
        try {
            return firstOutcome.take();
        } catch (InterruptedException e) {
            stop();
            throw e;
        }
    }

    int port() {
        return port;
    }

    /** The process id of the latest server process; it may have ended. */
    synchronized long pid() {
        return current == null ? 0 : current.pid();
    }

    private void supervise() {
        try {
            if (!firstRun()) {
                return;
            }
            for (var failures = 0; !stopRequested.await(pause(failures), TimeUnit.MILLISECONDS); ) {
                failures = runAgain() ? 0 : failures + 1;
            }
        } catch (InterruptedException nobodyInterruptsThisThread) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean firstRun() throws InterruptedException {
        try {
            var run = spawn();
            var ready = run != null && run.awaitReady(progress);
            if (ready) {
                firstOutcome.add(new Outcome.Ready());
            }
            var exit = run == null ? 0 : run.awaitEnd();
            if (!ready) {
                firstOutcome.add(failure(run));
            } else if (stopRequested.getCount() > 0) {
                LOG.error("PostgreSQL ended unexpectedly ({}); starting it again", describe(exit));
            }
            return ready;
        } catch (EmbeddedPostgresException e) {
            firstOutcome.add(new Outcome.Failed(e, false));
            return false;
        }
    }

    /** True if PostgreSQL was up in between. */
    private boolean runAgain() throws InterruptedException {
        try {
            var run = spawn();
            if (run == null) {
                return false;
            }
            var ready = run.awaitReady(LOG::warn);
            if (ready) {
                LOG.info("PostgreSQL accepts connections again");
            }
            var exit = run.awaitEnd();
            if (stopRequested.getCount() > 0) {
                LOG.error("PostgreSQL ended again ({}) {}", describe(exit), ready ? "" : run.lastLines());
            }
            return ready;
        } catch (EmbeddedPostgresException e) {
            LOG.error("PostgreSQL could not be started again: {}", e.getMessage());
            return false;
        }
    }

    private synchronized @Nullable PostmasterRun spawn() throws EmbeddedPostgresException {
        if (stopRequested.getCount() == 0) {
            return null;
        }
        current = PostmasterRun.spawn(commands, port);
        return current;
    }

    private Outcome failure(@Nullable PostmasterRun run) {
        if (run == null) {
            return new Outcome.Failed(new EmbeddedPostgresException("PostgreSQL was stopped while it started."), false);
        }
        var lines = run.lastLines();
        var portTaken = lines.stream().anyMatch(line -> line.contains("could not create any TCP/IP sockets"));
        return new Outcome.Failed(Advice.failed("the server", commands.paths().data(), lines), portTaken);
    }

    private static String describe(int exit) {
        return exit > 128 ? "signal " + (exit - 128) : "exit code " + exit;
    }

    private static long pause(int failures) {
        return Math.min(LONGEST_PAUSE_MILLIS, 50L << Math.min(failures, 10));
    }

    /** Ends PostgreSQL and its supervision. */
    void stop() throws InterruptedException {
        PostmasterRun run;
        synchronized (this) {
            stopRequested.countDown();
            run = current;
        }
        if (run != null) {
            run.stop();
        }
        supervisor.join(5_000);
    }
}
