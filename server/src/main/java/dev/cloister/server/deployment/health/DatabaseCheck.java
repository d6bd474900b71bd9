package dev.cloister.server.deployment.health;

import dev.cloister.contract.api.DatabaseReport;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import java.time.Duration;
import java.util.Arrays;

/** Asks the database for nothing a few times and takes the middle of how long that took. */
final class DatabaseCheck {
    private static final int ATTEMPTS = 5;

    private final Transactions transactions;
    private final Duration slow;

    DatabaseCheck(Transactions transactions, Duration slow) {
        this.transactions = transactions;
        this.slow = slow;
    }

    DatabaseReport report(boolean isDismissed) {
        var findings = new Findings();
        Duration latency = Duration.ZERO;
        try {
            latency = median();
            if (latency.compareTo(slow) > 0) {
                findings.warn(
                        "EDB02",
                        "The database takes " + latency.toMillis() + " ms to answer; above " + slow.toMillis()
                                + " ms everything feels slow.");
            }
        } catch (Failure e) {
            findings.fail("EDB01", "The database does not answer.");
        }
        return new DatabaseReport(
                findings.error(),
                findings.severity(),
                findings.warnings(),
                isDismissed,
                findings.isHealthy(),
                findings.isHealthy(),
                latency.toNanos() / 1000 + "µs",
                latency.toMillis(),
                slow.toMillis());
    }

    private Duration median() {
        long[] times = new long[ATTEMPTS];
        for (int i = 0; i < ATTEMPTS; i++) {
            long start = System.nanoTime();
            transactions.ping();
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        return Duration.ofNanos(times[ATTEMPTS / 2]);
    }
}
