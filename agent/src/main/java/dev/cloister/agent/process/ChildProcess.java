package dev.cloister.agent.process;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A running child with its streams. On a terminal, output and error are one. */
public final class ChildProcess implements Closeable {
    private static final Set<ChildProcess> RUNNING = ConcurrentHashMap.newKeySet();

    private final long pid;
    private final OutputStream input;
    private final InputStream output;
    private final InputStream error;
    private final @Nullable Pty pty;
    private final CompletableFuture<Exit> exit = new CompletableFuture<>();
    private final Object life = new Object();

    private ChildProcess(long pid, OutputStream input, InputStream output, InputStream error, @Nullable Pty pty) {
        this.pid = pid;
        this.input = input;
        this.output = output;
        this.error = error;
        this.pty = pty;
    }

    /** Starts {@code order} with three pipes. */
    public static ChildProcess onPipes(SpawnOrder order) throws IOException {
        try (var pipes = new StandardPipes()) {
            long pid = NativeSpawn.spawn(
                    order,
                    pipes.input().readEnd(),
                    pipes.output().writeEnd(),
                    pipes.error().writeEnd());
            var child = pipes.adopt(pid);
            child.watch();
            return child;
        }
    }

    /** Starts {@code order} as the leader of a session whose controlling terminal is {@code pty}, which it takes over. */
    public static ChildProcess onTerminal(SpawnOrder order, Pty pty, LineDiscipline discipline) throws IOException {
        try {
            pty.configure(LineDiscipline.USUAL);
            pty.configure(discipline);
            long pid = NativeSpawn.spawnOnTerminal(order, pty.path());
            var child = new ChildProcess(pid, pty.input(), pty.output(), InputStream.nullInputStream(), pty);
            child.watch();
            return child;
        } catch (IOException e) {
            pty.close();
            throw e;
        }
    }

    static ChildProcess of(long pid, OutputStream input, InputStream output, InputStream error) {
        return new ChildProcess(pid, input, output, error, null);
    }

    public long pid() {
        return pid;
    }

    public OutputStream input() {
        return input;
    }

    public InputStream output() {
        return output;
    }

    public InputStream error() {
        return error;
    }

    public Optional<Pty> pty() {
        return Optional.ofNullable(pty);
    }

    public boolean isAlive() {
        return !exit.isDone();
    }

    public Exit waitFor() throws InterruptedException {
        try {
            return exit.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("process " + pid + " was lost", e.getCause());
        }
    }

    /** Its end, or nothing if it still runs after {@code limit}. */
    public Optional<Exit> waitFor(Duration limit) throws InterruptedException {
        try {
            return Optional.of(exit.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("process " + pid + " was lost", e.getCause());
        }
    }

    /** Sends a signal to the child and what it started in its process group; nothing once it has been waited for. */
    public void signal(int number) {
        synchronized (life) {
            if (isAlive()) {
                ProcessCalls.signalGroup(pid, number);
            }
        }
    }

    /** Asks it to end, kills it after {@code grace}, and waits. */
    public void end(int signal, Duration grace) throws InterruptedException {
        signal(signal);
        if (waitFor(grace).isEmpty()) {
            signal(Signals.KILL);
            waitFor();
        }
    }

    /** Signals every child that still runs; at the end of the agent. */
    public static void signalAll(int number) {
        RUNNING.forEach(child -> child.signal(number));
    }

    private void watch() {
        RUNNING.add(this);
        Thread.ofVirtual().name("wait-", pid).start(() -> {
            try {
                ProcessCalls.awaitEnd(pid);
                synchronized (life) {
                    exit.complete(ProcessCalls.reap(pid));
                }
            } catch (IOException | RuntimeException e) {
                exit.completeExceptionally(e);
            } finally {
                RUNNING.remove(this);
            }
        });
    }

    /** Closes the streams, which hangs up a terminal; the process itself may live on. */
    @Override
    public void close() {
        if (pty != null) {
            pty.close();
            return;
        }
        closeQuietly(input);
        closeQuietly(output);
        closeQuietly(error);
    }

    private static void closeQuietly(Closeable stream) {
        try {
            stream.close();
        } catch (IOException _) {
            // Only a flush could fail, and nobody waits for the bytes any more.
        }
    }
}
