package dev.cloister.server.audit.log;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the sequencer: at once after a commit of this process, at most some times a second, and each second for what a
 * replica that died may have left.
 */
final class SequencerThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SequencerThread.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TIDY_EVERY = 600;

    /** Longer than any upgrade goes on. */
    private static final Duration ROLLING_UPGRADE = Duration.ofDays(7);

    /** Longer than between two looks. */
    private static final Duration LOOK_BACK = Duration.ofHours(1);

    private final Sequencer sequencer;
    private final Semaphore signal = new Semaphore(0);
    private volatile @Nullable Thread thread;

    SequencerThread(Sequencer sequencer) {
        this.sequencer = sequencer;
    }

    void start() {
        thread = Thread.ofVirtual().name("audit-log-tree").start(this::run);
    }

    /** Events were committed. */
    void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    private void run() {
        try {
            int rounds = 0;
            boolean old = true;
            while (!Thread.interrupted()) {
                try {
                    if (old) {
                        old = sequencer.adoptSome();
                    }
                    round();
                    if (rounds++ % TIDY_EVERY == 0) {
                        sequencer.forgetHeads();
                        old |= sequencer.takeUpForgotten(rounds == 1 ? ROLLING_UPGRADE : LOOK_BACK);
                    }
                } catch (RuntimeException e) {
                    LOG.error("events get no places in the tree of the audit log: {}", e.getMessage());
                    Thread.sleep(LOOK);
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            LOG.debug("the tree of the audit log grows no more in this process");
        }
    }

    private void round() throws InterruptedException {
        boolean told = signal.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        signal.drainPermits();
        if (told || sequencer.isAnythingQueued()) {
            sequencer.catchUp();
        }
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            try {
                running.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
