package dev.cloister.server.build;

import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.sql.Events;
import java.time.Clock;
import java.util.List;

/** The parts of this feature put together. */
public final class Jobs {
    private final Transactions transactions;
    private final Events events;
    private final JobSettings settings;
    private final String version;
    private final Clock clock;
    private final JobRepository jobs = new JobRepository();
    private final JobLogRepository lines = new JobLogRepository();
    private final ProvisionerDaemonRepository daemons = new ProvisionerDaemonRepository();
    private final JobQueue queue;
    private final JobLogs logs;

    /** @param version of this server, told of its workers */
    public Jobs(Transactions transactions, Events events, JobSettings settings, String version, Clock clock) {
        this.transactions = transactions;
        this.events = events;
        this.settings = settings;
        this.version = version;
        this.clock = clock;
        this.queue = new JobQueue(jobs, clock);
        this.logs = new JobLogs(transactions, lines, events);
    }

    public JobQueue queue() {
        return queue;
    }

    public JobLogs logs() {
        return logs;
    }

    /** The workers of all servers. */
    public ProvisionerDaemonRepository daemons() {
        return daemons;
    }

    /** Workers of this server, not started yet. */
    public EmbeddedProvisioner provisioner(List<JobWork> works) {
        return new EmbeddedProvisioner(transactions, events, jobs, lines, works, settings, daemons, version, clock);
    }

    /** What finds jobs without a worker, not started yet. Every server has one, with or without workers. */
    public JobReaper reaper(List<JobWork> works) {
        return new JobReaper(transactions, jobs, lines, works, settings, clock);
    }
}
