package dev.cloister.server.build;

import dev.cloister.contract.api.ProvisionerJobLog;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.Push;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.platform.sql.Wakeup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Reads jobs' logs, at once or as they grow. The caller has a permit on what the job works for. */
public final class JobLogs {
    private static final int PAGE = 500;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final Transactions transactions;
    private final JobLogRepository logs;
    private final Events events;

    public JobLogs(Transactions transactions, JobLogRepository logs, Events events) {
        this.transactions = transactions;
        this.logs = logs;
        this.events = events;
    }

    /** The lines between two numbers, both excluded; 0 for {@code before} means no end. */
    public List<ProvisionerJobLog> between(ReadTx tx, JobId job, long after, long before) {
        return logs.lines(tx, job, after, before, Integer.MAX_VALUE);
    }

    /** Sends each line after the given number, as it is written, and returns when the job is over and all is sent. */
    public void follow(JobId job, long after, Push push) throws IOException, InterruptedException {
        try (var wakeup = Wakeup.on(events, Topics.JOB_LOGS, job)) {
            push.onEnd(wakeup::wake);
            long last = after;
            while (push.isOpen()) {
                Page page = page(job, last);
                for (ProvisionerJobLog line : page.lines) {
                    push.send(line);
                    last = line.id();
                }
                if (page.lines.isEmpty()) {
                    if (page.over) {
                        return;
                    }
                    wakeup.await(LOOK_AGAIN);
                    push.keepAlive();
                }
            }
        }
    }

    /** Whether the job is over is asked before the lines are: what is read afterwards is all. */
    private Page page(JobId job, long after) {
        try {
            return transactions.read(tx -> {
                boolean over = logs.isOver(tx, job);
                return new Page(over, logs.lines(tx, job, after, 0, PAGE));
            });
        } catch (Failure.Unavailable e) {
            return new Page(false, List.of());
        }
    }

    private record Page(boolean over, List<ProvisionerJobLog> lines) {}
}
