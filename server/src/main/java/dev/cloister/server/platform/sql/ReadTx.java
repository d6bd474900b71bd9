package dev.cloister.server.platform.sql;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * What can read. PostgreSQL runs each of its statements {@code READ ONLY}, unless it is the reading side of a writing
 * transaction, so that a statement that writes fails even where one is slipped in.
 */
public class ReadTx {
    private final Handle handle;

    /** For {@link Database} and for the one subclass that writes. */
    protected ReadTx(Handle handle) {
        this.handle = handle;
    }

    /** A query with named parameters. */
    public final Query query(String sql) {
        return handle.createQuery(sql);
    }

    /** The connection, for subclasses only. */
    protected final Handle handle() {
        return handle;
    }
}
