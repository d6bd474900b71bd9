package dev.cloister.agent.script;

import dev.cloister.contract.agent.Log;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * Carries what one script prints to the log, within bounds. A script that prints without end is slowed down by a full
 * pipe, and after {@link #MOST} bytes its output is read and thrown away, with one line that says so.
 */
final class ScriptOutput {
    static final long MOST = 1024 * 1024;
    static final int MOST_LINES = 10_000;
    private static final long RATE = 1024 * 1024;
    private static final int CHUNK = 8 * 1024;

    private final BiConsumer<Log.Level, String> log;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong lines = new AtomicLong();

    ScriptOutput(BiConsumer<Log.Level, String> log) {
        this.log = log;
    }

    /** Reads {@code stream} to its end on a thread of its own. */
    Thread drain(InputStream stream, Log.Level level) {
        return Thread.ofVirtual().name("script-output").start(() -> {
            try (stream) {
                copy(stream, level);
            } catch (IOException e) {
                log.accept(Log.Level.WARN, "[the output cannot be read: " + e.getMessage() + "]");
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void copy(InputStream stream, Log.Level level) throws IOException, InterruptedException {
        var throttle = new Throttle(RATE);
        var splitter = new Lines(line -> line(level, line));
        var chunk = new byte[CHUNK];
        int length;
        while ((length = stream.read(chunk)) >= 0) {
            throttle.pass(length);
            if (bytes.addAndGet(length) - length <= MOST) {
                splitter.add(chunk, length);
                noticeLimit(length);
            }
        }
        splitter.finish();
    }

    private void line(Log.Level level, String text) {
        long number = lines.incrementAndGet();
        if (number <= MOST_LINES) {
            log.accept(level, text);
        } else if (number == MOST_LINES + 1) {
            log.accept(
                    Log.Level.WARN, "[more than " + MOST_LINES + " lines: the rest is not kept; the script goes on]");
        }
    }

    private void noticeLimit(int added) {
        long now = bytes.get();
        if (now > MOST && now - added <= MOST) {
            log.accept(Log.Level.WARN, "[more than 1 MiB of output: the rest is not kept; the script goes on]");
        }
    }
}
