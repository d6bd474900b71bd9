package dev.cloister.server.audit.sink;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How shippers pace themselves.
 *
 * @param lease how long a process that died keeps others from going on in its place
 * @param look how often those without the lease try to get it, and those with it look for what no event told them of
 * @param pause after the first failure; twice as long after each further one
 * @param longestPause between attempts
 */
record Pace(Duration lease, Duration look, Duration pause, Duration longestPause) {
    static final Pace USUAL =
            new Pace(Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** How long a batch may take with every patience that a transport has, and so how long a lease must last for one. */
    Duration forOneBatch() {
        return lease.multipliedBy(5).dividedBy(6);
    }

    /** With jitter, so that many servers do not come back at the same moment. */
    Duration after(int failures) {
        long most = Math.min(longestPause.toMillis(), pause.toMillis() << Math.min(failures, 20));
        return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    }
}
