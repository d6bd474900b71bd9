package dev.cloister.server.build;

import java.time.Duration;

/**
 * How jobs are worked on.
 *
 * @param workers how many jobs this server works on at once
 * @param lease how long a job stays with a worker that gives no sign of life
 * @param heartbeat how often a worker gives one; several fit into a lease
 * @param poll how often idle workers look at the queue without having been told of a job
 * @param importTimeout for reading a template
 * @param buildTimeout for one change of a workspace
 * @param grace how long a canceled or overdue job may take to end by itself before its thread is interrupted, and then
 *     again before it is given up
 * @param maxLogBytes what is kept of one job's log
 * @param maxAttempts how often a job is begun whose worker was lost
 */
public record JobSettings(
        int workers,
        Duration lease,
        Duration heartbeat,
        Duration poll,
        Duration importTimeout,
        Duration buildTimeout,
        Duration grace,
        long maxLogBytes,
        int maxAttempts) {
    /** The usual settings, with so many workers. */
    public static JobSettings withWorkers(int workers) {
        return new JobSettings(
                workers,
                Duration.ofSeconds(15),
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofSeconds(30),
                10L << 20,
                3);
    }

    Duration timeout(JobType type) {
        return switch (type) {
            case TEMPLATE_VERSION_IMPORT, TEMPLATE_VERSION_DRY_RUN -> importTimeout;
            case WORKSPACE_BUILD -> buildTimeout;
        };
    }
}
