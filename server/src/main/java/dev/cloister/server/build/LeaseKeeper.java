package dev.cloister.server.build;

import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one lease. While the database cannot be reached the worker goes on for as long as the lease runs, measured by a
 * clock that does not jump; after that somebody else may have the job, so it must stop.
 */
final class LeaseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private final Transactions transactions;
    private final JobRepository jobs;
    private final Caller caller;
    private final LeasedJob job;
    private final Duration lease;
    private long heldSince = System.nanoTime();

    LeaseKeeper(Transactions transactions, JobRepository jobs, Caller caller, LeasedJob job, Duration lease) {
        this.transactions = transactions;
        this.jobs = jobs;
        this.caller = caller;
        this.job = job;
        this.lease = lease;
    }

    JobRepository.Renewal renew() {
        long asked = System.nanoTime();
        try {
            var renewal = transactions.change(
                    caller, tx -> Changed.unaudited(jobs.renew(tx, job, lease), Unaudited.BUILD_REPORT));
            heldSince = asked;
            return renewal;
        } catch (RuntimeException e) {
            boolean over = System.nanoTime() - heldSince >= lease.toNanos();
            LOG.warn("the lease of job {} could not be renewed{}", job, over ? " and is over" : "", e);
            return over ? JobRepository.Renewal.LOST : JobRepository.Renewal.HELD;
        }
    }
}
