package dev.cloister.server.connection.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cloister.contract.api.ConnectionType;
import dev.cloister.gateway.app.AppVisit;
import dev.cloister.server.access.Caller;
import dev.cloister.server.connection.ConnectionJournal;
import dev.cloister.server.connection.CredentialHolders;
import dev.cloister.server.connection.LiveConnection;
import dev.cloister.server.connection.LiveConnections;
import dev.cloister.server.connection.StreamOpener;
import dev.cloister.server.connection.Wanted;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.tunnel.ByteStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The visits that go on. A request of a visitor who was let in lately costs no look at the database: whatever would
 * change the decision ends the visit.
 */
public final class Visits implements AutoCloseable {
    private static final int MOST = 10_000;
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Visitors visitors;
    private final StreamOpener opener;
    private final LiveConnections live;
    private final ConnectionJournal journal;
    private final CredentialHolders holders;
    private final List<Events.Subscription> subscriptions;
    private final Cache<Key, Visit> visits = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(KEPT)
            .<Key, Visit>removalListener((key, visit, cause) -> {
                if (visit != null) {
                    visit.connections().retire();
                }
            })
            .build();
    private final Cache<Noted, Boolean> noted =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(KEPT).build();

    /** @param credential the visitor's session or token, empty for visitors without one */
    private record Key(String credential, AppName app) {}

    private record Noted(Key key, String address) {}

    public Visits(
            Visitors visitors,
            StreamOpener opener,
            LiveConnections live,
            ConnectionJournal journal,
            CredentialHolders holders,
            Events events) {
        this.visitors = visitors;
        this.opener = opener;
        this.live = live;
        this.journal = journal;
        this.holders = holders;
        this.subscriptions = List.of(
                events.subscribe(Topics.WORKSPACE_CHANGED, this::forgetWorkspace),
                events.subscribe(Topics.WORKSPACE_SHARED, this::forgetWorkspace),
                events.subscribe(Topics.WORKSPACE_ENDING, this::forgetWorkspace),
                events.subscribe(Topics.CREDENTIAL_ENDED, this::forgetCredential),
                events.subscribe(Topics.TEMPLATE_CHANGED, ignored -> visits.invalidateAll()),
                events.subscribe(Topics.USER_CHANGED, ignored -> visits.invalidateAll()));
    }

    /** What one more change has made doubtful is decided anew at the next request; what is under way is cut elsewhere. */
    private void forgetWorkspace(String id) {
        if (id.equals(Events.RESYNCHRONIZE)) {
            visits.invalidateAll();
            return;
        }
        visits.asMap().entrySet().stream()
                .filter(entry -> entry.getValue()
                        .app()
                        .target()
                        .workspace()
                        .value()
                        .toString()
                        .equals(id))
                .map(Map.Entry::getKey)
                .forEach(visits::invalidate);
    }

    private void forgetCredential(String id) {
        if (id.equals(Events.RESYNCHRONIZE)) {
            visits.invalidateAll();
            return;
        }
        visits.asMap().keySet().stream()
                .filter(key -> key.credential().equals(id))
                .forEach(visits::invalidate);
    }

    /** A visit that a credential has opened before and that goes on. */
    Optional<Visit> of(String credential, AppName app) {
        return Optional.ofNullable(visits.getIfPresent(new Key(credential, app)));
    }

    /** The visit has ended for a reason that this did not hear of. */
    void forget(String credential, AppName app) {
        visits.invalidate(new Key(credential, app));
    }

    /** Lets a visitor in, if they may: empty where they may not or there is no such app. */
    Optional<Visit> begin(Caller caller, AppName name) {
        Key key = new Key(caller instanceof Caller.User user ? user.credentialId() : "", name);
        Visit going = visits.getIfPresent(key);
        if (going != null) {
            note(caller, key, going.app());
            return Optional.of(going);
        }
        Optional<AppFacts> admitted = visitors.admit(name, caller);
        if (admitted.isEmpty()) {
            return Optional.empty();
        }
        AppFacts app = admitted.get();
        Visit visit = open(caller, name, app);
        note(caller, key, app);
        visits.put(key, visit);
        return Optional.of(visit);
    }

    private Visit open(Caller caller, AppName name, AppFacts app) {
        LiveConnection.Holder holder = caller instanceof Caller.User user
                ? new LiveConnection.Holder(user.credentialId(), user.subject().id())
                : LiveConnection.Holder.NOBODY;
        LiveConnection connection = live.watch(holder, app.target().workspace(), () -> objection(caller, name, app));
        var connections = new AppVisit(() -> dial(caller, app), connection::ended);
        connection.onCut(reason -> connections.cut());
        // Asked again now that changes are heard.
        if (connection.objection().isPresent()) {
            connections.cut();
            throw new Failure.NotFound();
        }
        return new Visit(app, connections);
    }

    private ByteStream dial(Caller caller, AppFacts app) throws IOException {
        try {
            ByteStream stream = opener.open(caller, app.target(), new Wanted.Port(app.port()));
            return app.encrypted() ? WorkspaceTls.over(stream) : stream;
        } catch (Failure e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Optional<String> objection(Caller caller, AppName name, AppFacts app) {
        @Nullable
        Caller now = caller instanceof Caller.User user
                ? holders.current(user.credentialId(), user.origin()).orElse(null)
                : caller;
        if (now == null) {
            return Optional.of("the session has ended");
        }
        return visitors.admit(name, now).filter(app::isSameAs).isPresent()
                ? Optional.empty()
                : Optional.of("the app is no longer open to this visitor");
    }

    /** Once for each visitor and app in ten minutes. */
    private void note(Caller caller, Key key, AppFacts app) {
        String address = caller instanceof Caller.User ? "" : caller.origin().address();
        var note = new Noted(key, address);
        if (noted.getIfPresent(note) == null) {
            var type = app.isPort() ? ConnectionType.PORT_FORWARDING : ConnectionType.WORKSPACE_APP;
            journal.visited(caller, app.target(), type, app.slugOrPort());
            noted.put(note, Boolean.TRUE);
        }
    }

    @Override
    public void close() {
        subscriptions.forEach(Events.Subscription::close);
        visits.invalidateAll();
    }
}
