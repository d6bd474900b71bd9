package dev.cloister.server.build;

import dev.cloister.provisioner.BuildLog;
import dev.cloister.provisioner.Cancellation;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.WriteTx;
import java.util.List;

/** What jobs of one type do. Implemented by the feature that the job works for. */
public interface JobWork {
    JobType type();

    /** What must not be worked on twice at once on this host, even by a job that was given up but has not ended. */
    Object exclusionKey(LeasedJob job);

    /**
     * Does the work, outside of any transaction. May be done again for the same job after a crash at any point.
     *
     * @return what to store if the lease still holds
     * @throws JobFailedException with a sentence for the person who asked
     * @throws JobCanceledException after a cancellation was heeded
     */
    Result run(LeasedJob job, BuildLog log, Cancellation cancellation)
            throws JobFailedException, JobCanceledException, InterruptedException;

    /**
     * Stores what follows from an end without a result, in the transaction that ends the job; returns the events for
     * the audit log, at least one.
     */
    List<AuditEvent> ended(WriteTx tx, LeasedJob job, JobEnd end);

    /** Tells whoever shows the job that it was begun, began again or changed its state. */
    void announce(WriteTx tx, LeasedJob job);

    /** What a successful job leaves behind. */
    @FunctionalInterface
    interface Result {
        /** Stores it in the transaction that ends the job; returns the events for the audit log, at least one. */
        List<AuditEvent> store(WriteTx tx);
    }
}
