package dev.cloister.server.platform;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again until it is closed. What goes wrong in one round does not end the rounds. */
public final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final String name;
    private final Duration pause;
    private final Runnable round;
    private volatile @Nullable Thread thread;

    /** @param name of the thread and in the log */
    public Rounds(String name, Duration pause, Runnable round) {
        this.name = name;
        this.pause = pause;
        this.round = round;
    }

    /** Begins with a round now. */
    public void startNow() {
        start(Duration.ZERO);
    }

    /** Begins with a round after the first pause. */
    public void startLater() {
        start(pause);
    }

    private void start(Duration first) {
        thread = Thread.ofVirtual().name(name).start(() -> run(first));
    }

    private void run(Duration first) {
        try {
            for (Duration wait = first; ; wait = pause) {
                Thread.sleep(wait);
                attempt();
            }
        } catch (InterruptedException e) {
            LOG.debug("{} ends", name);
        }
    }

    private void attempt() {
        try {
            round.run();
        } catch (Failure.Unavailable e) {
            LOG.debug("{}: no database just now", name);
        } catch (RuntimeException e) {
            LOG.error("{}: a round failed", name, e);
        }
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
