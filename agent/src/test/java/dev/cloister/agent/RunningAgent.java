package dev.cloister.agent;

import dev.cloister.contract.agent.Manifest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** An agent in this JVM, connected to a {@link FakeServer}. */
public final class RunningAgent implements AutoCloseable {
    public final FakeServer server;
    public final Agent agent;
    private final Thread thread;

    public RunningAgent(Path home, Manifest manifest) {
        this(home, manifest, Duration.ofMinutes(5));
    }

    public RunningAgent(Path home, Manifest manifest, Duration terminalKept) {
        server = new FakeServer(manifest);
        var timing = new Agent.Timing(
                Duration.ofMillis(10),
                Duration.ofMillis(200),
                terminalKept,
                Duration.ofSeconds(1),
                Duration.ofMillis(50));
        agent = new Agent(server.enrollment(home), server, Clock.systemUTC(), timing);
        thread = Thread.ofVirtual().start(() -> {
            try {
                agent.run();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        until("the agent is connected", () -> !server.startups.isEmpty());
    }

    /** Polls with a deadline. */
    public static void until(String claim, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within a minute: " + claim);
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() throws Exception {
        thread.interrupt();
        server.close();
    }
}
