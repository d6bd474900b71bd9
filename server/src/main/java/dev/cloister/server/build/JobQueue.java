package dev.cloister.server.build;

import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Topics;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Puts work into the queue and takes it back, in the transactions of the features that the work is for: a job is
 * acknowledged exactly when what it works for is.
 */
public final class JobQueue {
    /** The kind of provisioner that all templates need so far. */
    public static final String PROVISIONER = "sandbox";

    private final JobRepository jobs;
    private final Clock clock;

    public JobQueue(JobRepository jobs, Clock clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Adds a job; a worker is told when the transaction commits. */
    public void add(WriteTx tx, NewJob job) {
        jobs.insert(tx, job, PROVISIONER, clock.instant());
        tx.announce(Topics.JOB_WAITING, job.id().toString());
    }

    /** Adds a job whose work the caller has done already and stores in this transaction. */
    public void addDone(WriteTx tx, NewJob job) {
        jobs.insert(tx, job, PROVISIONER, clock.instant());
        jobs.insertDone(tx, job.id(), UUID.randomUUID(), clock.instant());
    }

    /**
     * Cancels a job of a row that the caller may change.
     *
     * @param expected the state that must hold, {@code pending} or {@code running}; empty for either
     * @throws Failure.Invalid where it is over or canceled already
     * @throws Failure.PreconditionFailed where it is not in the state expected; nothing is changed
     */
    public void cancel(WriteTx tx, JobId job, Optional<String> expected) {
        var outcome = jobs.cancel(tx, job, clock.instant());
        switch (outcome) {
            case TOO_LATE -> throw new Failure.Invalid("The job is over or has been canceled already.");
            case ENDED -> requireExpected("pending", expected);
            case REQUESTED -> requireExpected("running", expected);
        }
        tx.announce(Topics.JOB_CANCELED, job.toString());
        tx.announce(Topics.JOB_LOGS, job.toString());
    }

    private static void requireExpected(String actual, Optional<String> expected) {
        if (expected.isPresent() && !expected.get().equals(actual)) {
            throw new Failure.PreconditionFailed("The job is " + actual + ", not " + expected.get() + ".");
        }
    }
}
