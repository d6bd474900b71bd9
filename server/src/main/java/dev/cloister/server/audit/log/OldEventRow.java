package dev.cloister.server.audit.log;

import dev.cloister.server.audit.LogEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** A row of the audit log as what the tree would hold to. */
record OldEventRow(long sequence, LogEntry.Facts facts) {
    static OldEventRow map(ResultSet row, StatementContext context) throws SQLException {
        return new OldEventRow(
                row.getLong("sequence"),
                new LogEntry.Facts(
                        row.getObject("id", UUID.class),
                        row.getObject("time", OffsetDateTime.class).toInstant(),
                        row.getString("action"),
                        row.getInt("status_code"),
                        row.getString("resource_type"),
                        row.getObject("resource_id", UUID.class),
                        row.getObject("organization_id", UUID.class),
                        row.getObject("actor_id", UUID.class),
                        row.getObject("request_id", UUID.class),
                        LogEntry.Facts.sealed(
                                row.getString("actor_name"),
                                row.getString("address"),
                                row.getString("user_agent"),
                                row.getString("resource_target"),
                                row.getString("diff"),
                                row.getString("additional_fields"))));
    }
}
