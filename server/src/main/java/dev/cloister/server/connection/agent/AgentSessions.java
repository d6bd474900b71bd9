package dev.cloister.server.connection.agent;

import dev.cloister.contract.agent.OpenStream;
import dev.cloister.server.access.Caller;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.tunnel.Link;
import dev.cloister.tunnel.mux.MuxSession;
import dev.cloister.tunnel.mux.MuxSettings;
import dev.cloister.tunnel.mux.MuxStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agents that are connected to this server process: at most one connection each, the latest. */
public final class AgentSessions implements AutoCloseable {
    private static final MuxSettings SETTINGS = MuxSettings.defaults()
            .withKeepAlive(Duration.ofSeconds(15), Duration.ofSeconds(15))
            .withStreams(64, 128);
    private static final Duration FAREWELL = Duration.ofSeconds(3);
    private static final Logger LOG = LoggerFactory.getLogger(AgentSessions.class);

    private final AgentPresence presence;
    private final AgentCalls calls;
    private final Map<UUID, AgentSession> sessions = new ConcurrentHashMap<>();
    private final Object arrivals = new Object();
    private long changes;
    private final Events.Subscription subscription;

    public AgentSessions(AgentPresence presence, AgentCalls calls, Events events) {
        this.presence = presence;
        this.calls = calls;
        this.subscription = events.subscribe(Topics.WORKSPACE_CHANGED, payload -> {
            changed();
            Thread.ofVirtual().name("agent-entitlement").start(() -> review(payload));
        });
    }

    /** Serves the connection of an agent until it ends. */
    void serve(Caller.Agent caller, Link link) {
        AgentGrant grant = presence.grant(caller);
        var session = new AgentSession(grant, MuxSession.server(link, SETTINGS));
        // Known here before the database says so: whoever hears of it there can reach it.
        AgentSession before = sessions.put(grant.agent(), session);
        if (before != null) {
            LOG.info("agent {} has connected again, its earlier connection ends", grant.agent());
            before.close();
        }
        changed();
        try {
            presence.connected(grant);
            session.announced();
            session.serve(calls);
        } finally {
            session.close();
            try {
                presence.disconnected(grant);
            } finally {
                sessions.remove(grant.agent(), session);
            }
        }
    }

    /**
     * Opens a stream into the workspace through its agent; empty where that is not connected to this process.
     *
     * @throws Failure.Unavailable where the agent does not answer, or refuses
     */
    public Optional<MuxStream> openHere(UUID agent, OpenStream request) {
        @Nullable AgentSession session = sessions.get(agent);
        return session == null ? Optional.empty() : Optional.of(session.open(request));
    }

    /** Counts what has happened to the connections of agents, here and elsewhere. */
    public long changes() {
        synchronized (arrivals) {
            return changes;
        }
    }

    /** Waits until more has happened than {@code known}, or it has taken too long. */
    public void awaitChange(long known, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (arrivals) {
            for (long left = patience.toNanos(); changes == known && left > 0; left = deadline - System.nanoTime()) {
                try {
                    arrivals.wait(left / 1_000_000 + 1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new Failure.Unavailable("Waiting for the workspace's agent was interrupted.");
                }
            }
        }
    }

    private void changed() {
        synchronized (arrivals) {
            changes++;
            arrivals.notifyAll();
        }
    }

    /** Renews the presence of every agent that is connected here and ends what no longer counts: a regular duty. */
    public void keepAlive() {
        var grants = grants(session -> true);
        Set<UUID> live = presence.heartbeat(grants);
        grants.stream().filter(grant -> !live.contains(grant.session())).forEach(grant -> end(grant, "replaced"));
        endUnless(presence.entitled(grants), grants);
    }

    private void review(String workspace) {
        var concerned = grants(grant -> workspace.equals(Events.RESYNCHRONIZE)
                || workspace.equals(grant.workspace().value().toString()));
        try {
            endUnless(presence.entitled(concerned), concerned);
        } catch (Failure e) {
            LOG.debug("the agents of workspace {} are looked at later", workspace);
        }
    }

    private void endUnless(Set<UUID> entitled, List<AgentGrant> grants) {
        grants.stream()
                .filter(grant -> !entitled.contains(grant.agent()))
                .forEach(grant -> end(grant, "replaced, or no longer wanted by its workspace"));
    }

    private List<AgentGrant> grants(Predicate<AgentGrant> which) {
        return sessions.values().stream()
                .filter(AgentSession::isAnnounced)
                .map(AgentSession::grant)
                .filter(which)
                .toList();
    }

    private void end(AgentGrant grant, String reason) {
        @Nullable AgentSession session = sessions.get(grant.agent());
        if (session != null && session.grant().session().equals(grant.session())) {
            LOG.info("the connection of agent {} ends: it is {}", grant.agent(), reason);
            session.close();
        }
    }

    /** Ends every connection and waits a moment for the database to hear of it. */
    @Override
    public void close() {
        subscription.close();
        sessions.values().forEach(AgentSession::close);
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        while (!sessions.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
