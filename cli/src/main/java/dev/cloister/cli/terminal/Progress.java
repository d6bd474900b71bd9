package dev.cloister.cli.terminal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Says what is going on while something takes time: on a terminal one line with a turning mark that is wiped away at the
 * end, elsewhere a line for each step.
 */
public final class Progress implements AutoCloseable {
    private static final String[] FRAMES = {"|", "/", "-", "\\"};
    private static final long FRAME_MILLIS = 120;
    private static final String WIPE = "\r\033[K";

    private final Terminal terminal;
    private final boolean redraws;
    private final CountDownLatch closed = new CountDownLatch(1);
    private String step = "";

    public Progress(Terminal terminal) {
        this.terminal = terminal;
        this.redraws = terminal.redraws();
        if (redraws) {
            Thread.ofVirtual().name("progress").start(this::turn);
        }
    }

    /** Begins the next step. */
    public synchronized void step(String text) {
        if (text.equals(step)) {
            return;
        }
        step = text;
        if (!redraws) {
            terminal.say(text);
        }
    }

    /** Prints a line that stays. */
    public synchronized void line(String text) {
        if (redraws) {
            terminal.err().print(WIPE);
        }
        terminal.say(text);
    }

    private void turn() {
        try {
            for (int frame = 0; !closed.await(FRAME_MILLIS, TimeUnit.MILLISECONDS); frame++) {
                draw(FRAMES[frame % FRAMES.length]);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void draw(String mark) {
        if (!step.isEmpty() && closed.getCount() > 0) {
            terminal.err().print(WIPE + mark + " " + PlainText.of(step));
            terminal.err().flush();
        }
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        if (redraws) {
            terminal.err().print(WIPE);
            terminal.err().flush();
        }
    }
}
