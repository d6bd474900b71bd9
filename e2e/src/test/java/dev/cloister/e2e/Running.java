package dev.cloister.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A program that was started, and what it has said so far. */
final class Running implements AutoCloseable {
    /** More than any program of these tests says; a program that says more is cut. */
    private static final int MAX_OUTPUT = 4 << 20;

    private final Process process;
    private final String command;
    private final Instant begun = Instant.now();
    private final StringBuffer out = new StringBuffer();
    private final StringBuffer err = new StringBuffer();
    private final Thread outReader;
    private final Thread errReader;

    private Running(Process process, String command) {
        this.process = process;
        this.command = command;
        outReader = Thread.ofVirtual().start(() -> copy(process.getInputStream(), out));
        errReader = Thread.ofVirtual().start(() -> copy(process.getErrorStream(), err));
    }

    /** Starts a program that reads nothing but {@code input}. */
    static Running start(ProcessBuilder builder, String input) throws IOException {
        Process process = builder.start();
        var running = new Running(process, String.join(" ", builder.command()));
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The program ended without reading; its exit status says why.
        }
        return running;
    }

    private static void copy(InputStream from, StringBuffer to) {
        var buffer = new byte[8192];
        try (from) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                if (to.length() < MAX_OUTPUT) {
                    to.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            // The pipe broke because the program was ended.
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** Waits until what was said satisfies a condition. */
    Running awaitText(String what, Duration limit, Predicate<String> condition) {
        Eventually.within(
                limit,
                what + " from " + command,
                () -> {
                    String said = out() + err();
                    if (!condition.test(said) && !process.isAlive()) {
                        throw new AssertionError(command + " ended with " + process.exitValue() + ":\n" + said);
                    }
                    return condition.test(said);
                },
                () -> out() + err());
        return this;
    }

    /** Waits for the end. */
    Ran await(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
                throw new AssertionError(command + " did not end within " + limit + ":\n" + out() + err());
            }
            outReader.join(Duration.ofSeconds(5));
            errReader.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        return new Ran(command, process.exitValue(), out(), err(), Duration.between(begun, Instant.now()));
    }

    /** Asks the program to end, as Ctrl-C and service managers do. */
    void terminate() {
        process.destroy();
    }

    /** Ends the program at once: {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        kill();
    }
}
