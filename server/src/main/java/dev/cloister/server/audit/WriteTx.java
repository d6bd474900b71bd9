package dev.cloister.server.audit;

import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.platform.sql.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** A transaction that can write. Only {@link Transactions#change} hands one out. */
public final class WriteTx extends ReadTx {
    private final List<String> announced = new ArrayList<>();
    private boolean announcedRights;
    private @Nullable LastStatement last;

    WriteTx(Handle handle) {
        super(handle);
    }

    /** A statement that writes, with named parameters. */
    public Update update(String sql) {
        return handle().createUpdate(sql);
    }

    /** One statement for many rows. */
    public PreparedBatch batch(String sql) {
        return handle().prepareBatch(sql);
    }

    /**
     * A statement that is sent with the end of the transaction, for one whose effect nothing else here reads. There can
     * be one; its parameters must not begin with {@code audit_}.
     */
    public LastStatement lastly(String sql) {
        if (last != null) {
            throw new IllegalStateException("a transaction has one last statement");
        }
        var statement = new LastStatement(sql);
        last = statement;
        return statement;
    }

    /** Tells every replica when, and only if, this transaction commits. */
    public void announce(String topic, String payload) {
        announced.add(Events.event(topic, payload));
        announcedRights |= Topics.RIGHTS.contains(topic);
    }

    /** What {@link #announce} was told. */
    List<String> announced() {
        return announced;
    }

    /** Whether somebody's credentials or rights were announced to have changed. */
    boolean announcedRights() {
        return announcedRights;
    }

    Optional<LastStatement> last() {
        return Optional.ofNullable(last);
    }
}
