package dev.cloister.server.build;

import dev.cloister.contract.api.LogLevel;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Topics;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at one job: the work on a thread of its own, and beside it the lease, the time limit and cancellation.
 * Work that is told to end is first asked, then interrupted, then given up; the queue goes on in any case.
 */
final class JobRun {
    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

    /** Why the work is to end before it is done. */
    private enum Stop {
        CANCELED,
        OVERDUE,
        LEASE_LOST,
        SHUTDOWN
    }

    private final LeasedJob job;
    private final JobWork work;
    private final JobLogWriter log;
    private final JobSettings settings;
    private final Exclusions exclusions;
    private final Lease lease;
    private final BooleanSupplier closing;
    private volatile @Nullable Stop stop;

    /** How a run keeps its lease. */
    @FunctionalInterface
    interface Lease {
        /** Renews it; never throws: while the database is away the answer is {@code HELD} until the time is over. */
        JobRepository.Renewal renew();
    }

    /** @param closing whether the server shuts down */
    JobRun(
            LeasedJob job,
            JobWork work,
            JobLogWriter log,
            JobSettings settings,
            Exclusions exclusions,
            Lease lease,
            BooleanSupplier closing) {
        this.job = job;
        this.work = work;
        this.log = log;
        this.settings = settings;
        this.exclusions = exclusions;
        this.lease = lease;
        this.closing = closing;
    }

    /** What came of it. */
    sealed interface Outcome {
        record Done(JobWork.Result result) implements Outcome {}

        record Ended(JobEnd end) implements Outcome {}

        /** To be done again by somebody else; whatever was made is not stored. */
        record HandBack() implements Outcome {}

        /** Somebody else has the job. */
        record Lost() implements Outcome {}
    }

    /** Works until there is an outcome. */
    Outcome await(Events events) {
        var task = new FutureTask<>(this::workExclusively);
        // A platform thread: an engine that computes without a pause would keep a virtual one's carrier from everybody.
        var thread = Thread.ofPlatform().daemon().name(job.toString()).unstarted(task);
        try (var canceled = events.subscribe(Topics.JOB_CANCELED, id -> {
            if (id.equals(job.id().toString())) {
                stop(Stop.CANCELED);
            }
        })) {
            if (job.canceled()) {
                stop(Stop.CANCELED);
            }
            thread.start();
            return outcome(supervise(task, thread));
        }
    }

    private JobWork.Result workExclusively() throws Exception {
        Object key = work.exclusionKey(job);
        if (!exclusions.tryAcquire(key)) {
            log.note(LogLevel.INFO, "Queue", "Waiting until what works on the same thing on this host has ended.");
            exclusions.acquire(key);
        }
        try {
            return work.run(job, log, () -> stop != null);
        } finally {
            exclusions.release(key);
        }
    }

    /** The finished task, or null for work that heeds nothing and is given up. */
    private @Nullable FutureTask<JobWork.Result> supervise(FutureTask<JobWork.Result> task, Thread thread) {
        long start = System.nanoTime();
        long renewed = start;
        long stopped = 0;
        boolean interrupted = false;
        while (!finished(task, settings.heartbeat().dividedBy(4))) {
            long now = System.nanoTime();
            if (now - renewed >= settings.heartbeat().toNanos()) {
                renewed = now;
                heed(lease.renew());
            }
            if (now - start >= settings.timeout(job.type()).toNanos()) {
                stop(Stop.OVERDUE);
            }
            if (closing.getAsBoolean()) {
                stop(Stop.SHUTDOWN);
            }
            Stop reason = stop;
            if (reason == null) {
                continue;
            }
            stopped = stopped == 0 ? now : stopped;
            boolean patient = reason == Stop.CANCELED || reason == Stop.OVERDUE;
            if (!interrupted && (!patient || now - stopped >= settings.grace().toNanos())) {
                thread.interrupt();
                interrupted = true;
                stopped = now;
            } else if (interrupted && now - stopped >= settings.grace().toNanos()) {
                LOG.error("job {} does not end although it was interrupted; it is given up", job);
                return null;
            }
        }
        return task;
    }

    private boolean finished(FutureTask<JobWork.Result> task, Duration atMost) {
        try {
            task.get(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            stop(Stop.SHUTDOWN);
            return task.isDone();
        }
    }

    private void heed(JobRepository.Renewal renewal) {
        switch (renewal) {
            case HELD -> {}
            case CANCELED -> stop(Stop.CANCELED);
            case LOST -> stop(Stop.LEASE_LOST);
        }
    }

    /** The gravest reason counts: who has lost the lease must not store anything. */
    private synchronized void stop(Stop reason) {
        Stop known = stop;
        if (known == null || reason.compareTo(known) > 0) {
            stop = reason;
        }
    }

    private Outcome outcome(@Nullable FutureTask<JobWork.Result> task) {
        Stop reason = stop;
        if (reason == Stop.LEASE_LOST) {
            return new Outcome.Lost();
        }
        if (task == null) {
            return reason == Stop.SHUTDOWN
                    ? new Outcome.HandBack()
                    : failed("It did not end when it was told to, and was given up. Look into the server's log.");
        }
        try {
            return new Outcome.Done(task.get());
        } catch (ExecutionException e) {
            return unsuccessful(e.getCause() == null ? e : e.getCause(), reason);
        } catch (InterruptedException e) {
            return new Outcome.HandBack();
        }
    }

    private Outcome unsuccessful(Throwable cause, @Nullable Stop reason) {
        if (reason == Stop.SHUTDOWN) {
            return new Outcome.HandBack();
        }
        return switch (cause) {
            case JobFailedException e ->
                new Outcome.Ended(new JobEnd.Failed(
                        e.getMessage() == null ? "It failed without saying why." : e.getMessage(), e.code()));
            case JobCanceledException e when reason != Stop.OVERDUE -> new Outcome.Ended(new JobEnd.Canceled());
            case InterruptedException e when reason == Stop.CANCELED -> new Outcome.Ended(new JobEnd.Canceled());
            default -> {
                if (reason == Stop.OVERDUE) {
                    yield failed("It took longer than "
                            + settings.timeout(job.type()).toMinutes() + " minutes and was stopped.");
                }
                LOG.error("job {} failed in a way that nobody foresaw", job, cause);
                yield failed("An internal error ended it. Look for job " + job.id() + " in the server's log.");
            }
        };
    }

    private static Outcome failed(String sentence) {
        return new Outcome.Ended(new JobEnd.Failed(sentence));
    }
}
