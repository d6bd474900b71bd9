package dev.cloister.server.audit.sink;

import dev.cloister.server.platform.Rounds;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Has one shipper for each sink that is enabled. */
final class SinkShipping implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final SinkShipper.Shared shared;
    private final Map<UUID, SinkShipper> shippers = new HashMap<>();
    private final Rounds rounds = new Rounds("audit-sinks", LOOK, this::compare);
    private Events.@Nullable Subscription subscription;
    private boolean closed;

    SinkShipping(SinkShipper.Shared shared) {
        this.shared = shared;
    }

    void start() {
        subscription = shared.events().subscribe(Topics.AUDIT_SINK_CHANGED, this::changed);
        rounds.startNow();
    }

    private void changed(String payload) {
        // whoever tells of events must not wait for the database
        Thread.ofVirtual().name("audit-sink-changed").start(() -> {
            compare();
            tell(payload);
        });
    }

    private synchronized void tell(String payload) {
        shippers.forEach((id, shipper) -> {
            if (payload.equals(Events.RESYNCHRONIZE) || payload.equals(id.toString())) {
                shipper.changed();
            }
        });
    }

    private synchronized void compare() {
        if (closed) {
            return;
        }
        var wanted = new HashSet<>(shared.transactions().read(shared.sinks()::enabled));
        shippers.entrySet().removeIf(entry -> {
            boolean gone = !wanted.contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        wanted.forEach(id -> shippers.computeIfAbsent(id, ignored -> new SinkShipper(id, shared)));
    }

    @Override
    public void close() {
        rounds.close();
        var told = subscription;
        if (told != null) {
            told.close();
        }
        synchronized (this) {
            closed = true;
            shippers.values().forEach(SinkShipper::close);
            shippers.clear();
        }
    }
}
