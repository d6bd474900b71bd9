package dev.cloister.server.audit;

import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.ReadTx;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/** A transaction that can write. Only {@link Transactions#change} hands one out. */
public final class WriteTx extends ReadTx {
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

    /** Tells every replica when, and only if, this transaction commits. */
    public void announce(String topic, String payload) {
        query(Events.notifySql())
                .bind("topic", topic)
                .bind("payload", payload)
                .mapTo(String.class)
                .findOne();
    }
}
