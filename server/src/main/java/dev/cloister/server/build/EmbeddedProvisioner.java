package dev.cloister.server.build;

import dev.cloister.contract.api.LogLevel;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.platform.sql.Wakeup;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workers inside this server: each leases one job at a time and sees it through. */
public final class EmbeddedProvisioner implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedProvisioner.class);

    private final Transactions transactions;
    private final Events events;
    private final JobRepository jobs;
    private final JobLogRepository logs;
    private final JobWorks works;
    private final JobSettings settings;
    private final WorkerPresence presence;
    private final String version;
    private final Clock clock;
    private final Exclusions exclusions = new Exclusions();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Wakeup> wakeups = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    public EmbeddedProvisioner(
            Transactions transactions,
            Events events,
            JobRepository jobs,
            JobLogRepository logs,
            List<JobWork> works,
            JobSettings settings,
            ProvisionerDaemonRepository daemons,
            String version,
            Clock clock) {
        this.transactions = transactions;
        this.events = events;
        this.jobs = jobs;
        this.logs = logs;
        this.works = new JobWorks(works);
        this.settings = settings;
        this.presence = new WorkerPresence(transactions, daemons, settings.workers());
        this.version = version;
        this.clock = clock;
    }

    /** Begins to take jobs. */
    public void start() {
        presence.start(version);
        for (UUID worker : presence.workers()) {
            threads.add(Thread.ofVirtual()
                    .name("provisioner-" + (threads.size() + 1))
                    .start(() -> work(worker)));
        }
    }

    private void work(UUID worker) {
        try (var wakeup = Wakeup.onAny(events, Topics.JOB_WAITING)) {
            wakeups.add(wakeup);
            while (!closed) {
                try {
                    Optional<LeasedJob> job = lease(worker);
                    if (job.isEmpty()) {
                        wakeup.await(settings.poll());
                    } else {
                        run(job.get());
                    }
                } catch (Failure.Unavailable e) {
                    Thread.sleep(Duration.ofSeconds(1));
                } catch (RuntimeException e) {
                    LOG.error("a provisioner's worker stumbled", e);
                    Thread.sleep(Duration.ofSeconds(1));
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("a provisioner's worker ends");
        }
    }

    private Optional<LeasedJob> lease(UUID worker) {
        return transactions.change(caller(), tx -> {
            var job = jobs.lease(tx, worker, settings.lease(), clock.instant());
            job.ifPresent(leased -> works.of(leased).announce(tx, leased));
            return Changed.unaudited(job, Unaudited.BUILD_REPORT);
        });
    }

    private static Caller.Job caller() {
        return new Caller.Job("provisioner", Set.of(), Origin.internal());
    }

    private void run(LeasedJob job) throws InterruptedException {
        LOG.info("job {} begins, attempt {}", job, job.attempt());
        var caller = caller();
        JobRun.Outcome outcome;
        try (var log = new JobLogWriter(transactions, logs, caller, job, clock, settings.maxLogBytes())) {
            var keeper = new LeaseKeeper(transactions, jobs, caller, job, settings.lease());
            outcome = new JobRun(job, works.of(job), log, settings, exclusions, keeper::renew, () -> closed)
                    .await(events);
            if (outcome instanceof JobRun.Outcome.Ended(JobEnd.Failed failed)) {
                log.note(LogLevel.ERROR, "Failed", failed.error());
            } else if (outcome instanceof JobRun.Outcome.Ended(JobEnd.Canceled canceled)) {
                log.note(LogLevel.WARN, "Canceled", "The job was canceled.");
            }
        }
        settle(caller, job, outcome);
    }

    private void settle(Caller caller, LeasedJob job, JobRun.Outcome outcome) throws InterruptedException {
        switch (outcome) {
            case JobRun.Outcome.Done done -> storeResult(caller, job, done.result());
            case JobRun.Outcome.Ended ended -> patiently(() -> end(caller, job, ended.end()));
            case JobRun.Outcome.HandBack handBack -> patiently(() -> handBack(caller, job));
            case JobRun.Outcome.Lost lost -> LOG.warn("job {} was lost to another worker; its result is dropped", job);
        }
    }

    private void storeResult(Caller caller, LeasedJob job, JobWork.Result result) throws InterruptedException {
        try {
            patiently(() -> store(caller, job, result));
        } catch (RuntimeException e) {
            LOG.error("the result of job {} could not be stored", job, e);
            patiently(() -> end(
                    caller,
                    job,
                    new JobEnd.Failed(
                            "The result could not be stored. Look for job " + job.id() + " in the server's log.")));
        }
    }

    private void store(Caller caller, LeasedJob job, JobWork.Result result) {
        boolean held = transactions.change(caller, tx -> {
            if (!jobs.end(tx, job, new JobEnd.Succeeded(), clock.instant())) {
                return Changed.unaudited(false, Unaudited.NO_CHANGE);
            }
            var stored = result.store(tx);
            works.of(job).announce(tx, job);
            tx.announce(Topics.JOB_LOGS, job.id().toString());
            return Changed.to(true, stored);
        });
        LOG.info(held ? "job {} succeeded" : "job {} was lost to another worker; its result is dropped", job);
    }

    private void end(Caller caller, LeasedJob job, JobEnd end) {
        transactions.change(caller, tx -> {
            if (!jobs.end(tx, job, end, clock.instant())) {
                return Changed.unaudited(false, Unaudited.NO_CHANGE);
            }
            var stored = works.of(job).ended(tx, job, end);
            works.of(job).announce(tx, job);
            tx.announce(Topics.JOB_LOGS, job.id().toString());
            return Changed.to(true, stored);
        });
        LOG.info("job {} {}", job, end.word());
    }

    private void handBack(Caller caller, LeasedJob job) {
        transactions.change(caller, tx -> {
            jobs.requeue(tx, job, true);
            works.of(job).announce(tx, job);
            tx.announce(Topics.JOB_WAITING, job.id().toString());
            return Changed.unaudited(true, Unaudited.BUILD_REPORT);
        });
        LOG.info("job {} goes back into the queue because this server shuts down", job);
    }

    /** An end is worth waiting for the database for a while; past that the reaper settles the job. */
    private void patiently(Runnable settle) throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + (closed ? Duration.ofSeconds(5) : Duration.ofMinutes(2)).toNanos();
        while (true) {
            try {
                settle.run();
                break;
            } catch (Failure.Unavailable e) {
                if (System.nanoTime() > deadline) {
                    LOG.error("the end of a job could not be stored: {}", e.getMessage());
                    break;
                }
                Thread.sleep(Duration.ofMillis(500));
            }
        }
        if (interrupted) {
            throw new InterruptedException();
        }
    }

    /** Takes no more jobs; what is under way goes back into the queue for the next server. */
    @Override
    public void close() {
        closed = true;
        // Not interrupted: that would break connections to the database in the middle of a statement.
        wakeups.forEach(Wakeup::wake);
        long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        presence.close();
    }
}
