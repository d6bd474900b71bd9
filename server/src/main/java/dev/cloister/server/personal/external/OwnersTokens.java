package dev.cloister.server.personal.external;

import dev.cloister.server.access.Caller;
import dev.cloister.server.platform.http.RateLimits;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Topics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Hands the tokens of workspace owners to their agents, and lets those wait for a link that is being made. */
final class OwnersTokens {
    /** Each one is an entry of the audit log, which a loop in a workspace must not flood. */
    private static final long MOST_A_MINUTE = 240;

    private final LinkService service;
    private final Events events;
    private final RateLimits limits = new RateLimits(0);

    OwnersTokens(LinkService service, Events events) {
        this.service = service;
        this.events = events;
    }

    /**
     * The link as soon as there is one that can be used.
     *
     * @param address of the repository that it is for, or empty
     * @param patience how long to wait for one; zero: not at all
     */
    Optional<Link> of(Caller.Agent agent, Provider provider, String address, Duration patience) {
        limits.take("tokens for agent " + agent.agentId(), MOST_A_MINUTE);
        if (patience.isZero()) {
            return service.ofOwner(agent, provider, address);
        }
        var changed = new Semaphore(0);
        long end = System.nanoTime() + patience.toNanos();
        try (var _ = events.subscribe(Topics.EXTERNAL_LINK, ignored -> changed.release())) {
            while (true) {
                Optional<Link> link = service.ofOwner(agent, provider, address);
                long left = end - System.nanoTime();
                if (link.isPresent() || left <= 0 || !changed.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                    return link;
                }
                changed.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
