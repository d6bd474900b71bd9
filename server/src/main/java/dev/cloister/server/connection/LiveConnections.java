package dev.cloister.server.connection;

import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.workspace.WorkspaceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections into workspaces that this server process carries. They end within a second when the credential that
 * opened them ends, when its holder loses the right, and when the workspace begins to stop: the database tells every
 * process. What it could not tell is found by looking at all of them regularly.
 */
public final class LiveConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveConnections.class);

    private static final int REVIEW_EVERY = 4;
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final Limits limits;
    private final AtomicInteger reviewsAsked = new AtomicInteger();
    private final Set<LiveConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<Object, Integer> counts = new ConcurrentHashMap<>();
    private final List<Events.Subscription> subscriptions;

    /** How many connections there may be at once. */
    public record Limits(int perUser, int perWorkspace) {
        public static final Limits DEFAULT = new Limits(500, 500);
    }

    public LiveConnections(Events events, Limits limits) {
        this.limits = limits;
        this.subscriptions = List.of(
                events.subscribe(
                        Topics.CREDENTIAL_ENDED,
                        id -> review(id, one -> Objects.equals(one.holder().credential(), id))),
                events.subscribe(
                        Topics.USER_CHANGED,
                        id -> review(
                                id,
                                one -> one.holder().user() != null
                                        && one.holder().user().toString().equals(id))),
                events.subscribe(
                        Topics.WORKSPACE_SHARED,
                        id -> review(
                                id, one -> one.workspace().value().toString().equals(id))),
                // Of a template's settings only the visits to apps depend, which are not counted.
                events.subscribe(Topics.TEMPLATE_CHANGED, id -> review(id, one -> !one.isCounted())),
                events.subscribe(Topics.WORKSPACE_ENDING, this::workspaceEnds));
    }

    /**
     * Counts a connection in, before it is known whether it may be: whoever asks {@code objection} afterwards misses no
     * change. It must be told of its end.
     *
     * @param objection why it must not go on, empty where it may; asked again after every change
     * @throws Failure.TooMany where there are too many already
     */
    public LiveConnection admit(
            LiveConnection.Holder holder, WorkspaceId workspace, Supplier<Optional<String>> objection) {
        var connection = new LiveConnection(this, holder, workspace, objection);
        if (holder.user() != null) {
            count(holder.user(), limits.perUser(), "You have too many open connections.");
        }
        try {
            count(workspace, limits.perWorkspace(), "The workspace has too many open connections.");
        } catch (Failure e) {
            if (holder.user() != null) {
                discount(holder.user());
            }
            throw e;
        }
        connection.counted();
        connections.add(connection);
        return connection;
    }

    /** Keeps an eye on something that is not counted: a visit to an app, which has limits of its own. */
    public LiveConnection watch(
            LiveConnection.Holder holder, WorkspaceId workspace, Supplier<Optional<String>> objection) {
        var connection = new LiveConnection(this, holder, workspace, objection);
        connections.add(connection);
        return connection;
    }

    private void count(Object key, int limit, String refusal) {
        counts.compute(key, (ignored, count) -> {
            int now = count == null ? 0 : count;
            if (now >= limit) {
                throw new Failure.TooMany(refusal + " Close some of them first.", Duration.ofSeconds(10));
            }
            return now + 1;
        });
    }

    private void discount(Object key) {
        counts.computeIfPresent(key, (ignored, count) -> count <= 1 ? null : count - 1);
    }

    void remove(LiveConnection connection) {
        if (connections.remove(connection) && connection.isCounted()) {
            if (connection.holder().user() != null) {
                discount(connection.holder().user());
            }
            discount(connection.workspace());
        }
    }

    /** How many connections are open. */
    public int size() {
        return connections.size();
    }

    private void workspaceEnds(String id) {
        if (id.equals(Events.RESYNCHRONIZE)) {
            review(id, one -> true);
            return;
        }
        concerned(one -> one.workspace().value().toString().equals(id))
                .forEach(one -> cut(one, "the workspace is stopping"));
    }

    private void review(String id, Predicate<LiveConnection> which) {
        var concerned = concerned(id.equals(Events.RESYNCHRONIZE) ? one -> true : which);
        concerned.forEach(one -> Thread.ofVirtual().name("connection-review").start(() -> review(one)));
    }

    private List<LiveConnection> concerned(Predicate<LiveConnection> which) {
        return connections.stream().filter(which).toList();
    }

    /** After a change that was announced: a right that cannot be confirmed is none. */
    private void review(LiveConnection connection) {
        try {
            connection.objection().ifPresent(reason -> cut(connection, reason));
        } catch (RuntimeException e) {
            LOG.warn("a connection is cut because its right could not be confirmed: {}", e.getMessage());
            cut(connection, "the right to this connection could not be confirmed");
        }
    }

    /**
     * Looks at every connection, for what no announcement told, such as the end of a token's life: a regular duty, done
     * every {@link #REVIEW_EVERY}th time it is asked for.
     */
    public void reviewAll() {
        if (reviewsAsked.incrementAndGet() % REVIEW_EVERY != 0) {
            return;
        }
        for (LiveConnection connection : connections) {
            connection.objection().ifPresent(reason -> cut(connection, reason));
        }
    }

    private static void cut(LiveConnection connection, String reason) {
        Thread.ofVirtual().name("connection-cut").start(() -> connection.cut(reason));
    }

    /** Cuts every connection and waits a moment for their ends to be stored. */
    @Override
    public void close() {
        subscriptions.forEach(Events.Subscription::close);
        connections.forEach(one -> cut(one, "the server is shutting down"));
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        while (!connections.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
