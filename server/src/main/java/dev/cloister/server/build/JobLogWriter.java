package dev.cloister.server.build;

import dev.cloister.contract.api.LogLevel;
import dev.cloister.contract.api.LogSource;
import dev.cloister.provisioner.BuildLog;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.platform.sql.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a job's lines and stores them in batches, a few times a second at most. What goes past the limit of a job's log
 * is counted and not kept; a job that prints faster than the database stores is slowed down.
 */
final class JobLogWriter implements BuildLog, AutoCloseable {
    private static final long MAX_WAITING = 1 << 20;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(JobLogWriter.class);

    private final Transactions transactions;
    private final JobLogRepository repository;
    private final Caller caller;
    private final LeasedJob job;
    private final Clock clock;
    private final long maxBytes;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<LogLine> waiting = new ArrayList<>();
    private long waitingBytes;
    private long totalBytes;
    private long dropped;
    private boolean closed;
    private boolean lost;

    JobLogWriter(
            Transactions transactions,
            JobLogRepository repository,
            Caller caller,
            LeasedJob job,
            Clock clock,
            long maxBytes) {
        this.transactions = transactions;
        this.repository = repository;
        this.caller = caller;
        this.job = job;
        this.clock = clock;
        this.maxBytes = maxBytes;
        this.totalBytes = job.loggedBytes();
        this.thread = Thread.ofVirtual().name("log of " + job.id()).start(this::storeUntilClosed);
    }

    @Override
    public void line(Level level, String stage, String text) {
        add(LogLine.of(clock.instant(), LogSource.PROVISIONER, LogLine.level(level), stage, text), true);
    }

    /** A line of the queue's own, kept even past the limit. */
    void note(LogLevel level, String stage, String text) {
        add(LogLine.of(clock.instant(), LogSource.PROVISIONER_DAEMON, level, stage, text), false);
    }

    private void add(LogLine line, boolean limited) {
        lock.lock();
        try {
            if (closed || lost) {
                return;
            }
            if (limited && totalBytes + line.size() > maxBytes) {
                dropped++;
                return;
            }
            while (waitingBytes > MAX_WAITING && !closed && !lost) {
                changed.await();
            }
            waiting.add(line);
            waitingBytes += line.size();
            totalBytes += line.size();
            changed.signalAll();
        } catch (InterruptedException e) {
            // The job is being ended; a log must not throw, and the flag tells whoever looks next.
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void storeUntilClosed() {
        try {
            boolean more = true;
            while (more) {
                var lines = new ArrayList<LogLine>();
                more = take(lines);
                if (!lines.isEmpty()) {
                    store(lines);
                    pause();
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("the last lines of the log of job {} could not be stored in time", job.id());
            giveUp();
        }
    }

    /** Lets lines gather, unless the end has come. */
    private void pause() throws InterruptedException {
        lock.lock();
        try {
            long left = PAUSE.toNanos();
            while (left > 0 && !closed && !lost) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for lines; false when these are the last. */
    private boolean take(List<LogLine> into) throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed && !lost) {
                changed.await();
            }
            into.addAll(waiting);
            waiting = new ArrayList<>();
            waitingBytes = 0;
            changed.signalAll();
            return !closed && !lost;
        } finally {
            lock.unlock();
        }
    }

    private void store(List<LogLine> lines) throws InterruptedException {
        while (true) {
            try {
                boolean held = transactions.change(caller, tx -> {
                    boolean stored = repository.append(tx, job, lines, overflowed());
                    tx.announce(Topics.JOB_LOGS, job.id().toString());
                    return Changed.unaudited(stored, Unaudited.BUILD_REPORT);
                });
                if (!held) {
                    giveUp();
                }
                return;
            } catch (RuntimeException e) {
                LOG.warn("lines of the log of job {} could not be stored, trying again: {}", job.id(), e.toString());
                Thread.sleep(Duration.ofMillis(500));
            }
        }
    }

    private boolean overflowed() {
        lock.lock();
        try {
            return dropped > 0;
        } finally {
            lock.unlock();
        }
    }

    private void giveUp() {
        lock.lock();
        try {
            lost = true;
            waiting.clear();
            waitingBytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Stores what is left and says how much was not kept. */
    @Override
    public void close() {
        if (overflowed()) {
            note(
                    LogLevel.WARN,
                    "Log",
                    "%d lines were not kept: the log of a job is limited to %d bytes.".formatted(dropped, maxBytes));
        }
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = Thread.interrupted();
        try {
            if (!thread.join(CLOSE_LIMIT)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
