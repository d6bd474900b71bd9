package dev.cloister.server.build;

import dev.cloister.contract.api.LogLevel;
import dev.cloister.contract.api.LogSource;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.Rounds;
import dev.cloister.server.platform.sql.Topics;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds jobs whose worker is lost: their server died or was cut off. A job goes back into the queue, because work can be
 * repeated; one that has lost several workers fails with an explanation, because it may be what kills them.
 */
public final class JobReaper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobReaper.class);

    private final Transactions transactions;
    private final JobRepository jobs;
    private final JobLogRepository logs;
    private final JobWorks works;
    private final JobSettings settings;
    private final Clock clock;
    private final Rounds rounds;

    public JobReaper(
            Transactions transactions,
            JobRepository jobs,
            JobLogRepository logs,
            List<JobWork> works,
            JobSettings settings,
            Clock clock) {
        this.transactions = transactions;
        this.jobs = jobs;
        this.logs = logs;
        this.works = new JobWorks(works);
        this.settings = settings;
        this.rounds = new Rounds("job-reaper", settings.lease().dividedBy(3), () -> reap(false));
        this.clock = clock;
    }

    /** Looks for lost jobs again and again. */
    public void start() {
        rounds.startLater();
    }

    /**
     * One look.
     *
     * @param alone whether no other server can be at work, so that every lease is a dead one: at the start of a server
     *     with a database of its own
     * @return how many lost jobs were found
     */
    public int reap(boolean alone) {
        int found = 0;
        while (reapOne(alone)) {
            found++;
        }
        return found;
    }

    private boolean reapOne(boolean alone) {
        var caller = new Caller.Job("job-reaper", Set.of(), Origin.internal());
        return transactions.change(caller, tx -> {
            Optional<LeasedJob> lost = jobs.expired(tx, alone);
            if (lost.isEmpty()) {
                return Changed.unaudited(false, Unaudited.NO_CHANGE);
            }
            return settle(tx, lost.get());
        });
    }

    private Changed<Boolean> settle(WriteTx tx, LeasedJob job) {
        LOG.warn("job {} lost its worker in attempt {}", job, job.attempt());
        if (job.canceled()) {
            return Changed.to(true, end(tx, job, new JobEnd.Canceled()));
        }
        if (job.attempt() < settings.maxAttempts()) {
            note(
                    tx,
                    job,
                    LogLevel.WARN,
                    "The server that worked on this stopped before it was done. It begins again (attempt %d of %d)."
                            .formatted(job.attempt() + 1, settings.maxAttempts()));
            jobs.requeue(tx, job, false);
            works.of(job).announce(tx, job);
            tx.announce(Topics.JOB_WAITING, job.id().toString());
            return Changed.unaudited(true, Unaudited.BUILD_REPORT);
        }
        String error =
                ("The server that worked on this stopped before it was done, %d times in a row. What it had begun may be"
                                + " half done; the next start repairs it.")
                        .formatted(job.attempt());
        note(tx, job, LogLevel.ERROR, error);
        return Changed.to(true, end(tx, job, new JobEnd.Failed(error)));
    }

    private List<AuditEvent> end(WriteTx tx, LeasedJob job, JobEnd end) {
        jobs.end(tx, job, end, clock.instant());
        var events = works.of(job).ended(tx, job, end);
        works.of(job).announce(tx, job);
        tx.announce(Topics.JOB_LOGS, job.id().toString());
        return events;
    }

    private void note(WriteTx tx, LeasedJob job, LogLevel level, String text) {
        var line = LogLine.of(clock.instant(), LogSource.PROVISIONER_DAEMON, level, "Queue", text);
        logs.append(tx, job, List.of(line), false);
        tx.announce(Topics.JOB_LOGS, job.id().toString());
    }

    @Override
    public void close() {
        rounds.close();
    }
}
