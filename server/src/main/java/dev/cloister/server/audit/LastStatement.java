package dev.cloister.server.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement that writes and whose outcome nobody waits for within the transaction: it is sent with the events and the
 * commit, in one round trip, and where it fails nothing is committed.
 */
public final class LastStatement {
    private final String sql;
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    LastStatement(String sql) {
        this.sql = sql;
    }

    /** Gives a named parameter its value. */
    public LastStatement bind(String name, @Nullable Object value) {
        values.put(name, value);
        return this;
    }

    String sql() {
        return sql;
    }

    Map<String, @Nullable Object> values() {
        return values;
    }
}
