/**
 * The queue of work for provisioners: jobs, leases, heartbeats, cancellation, logs, and the workers that this server
 * runs itself. What a job does is the business of the feature that owns it, told by {@code JobWork}.
 */
@NullMarked
package dev.cloister.server.build;

import org.jspecify.annotations.NullMarked;
