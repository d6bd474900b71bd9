package dev.cloister.server.identity;

import dev.cloister.server.access.Assignments;
import dev.cloister.server.access.DeploymentRules;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Looks a credential up: the second of the two places that may read rows by a bare id, because a caller exists only
 * afterwards. One statement, since every request pays for it.
 */
public final class CredentialRepository {
    private final DeploymentRules rules;

    CredentialRepository(DeploymentRules rules) {
        this.rules = rules;
    }

    /** A credential with its holder and their roles. */
    record Found(
            byte[] hashedSecret,
            String status,
            Assignments assignments,
            List<String> scopes,
            List<String> allowList,
            boolean isSession,
            long lifetimeSeconds,
            Instant createdAt,
            Instant lastUsed,
            Instant expiresAt) {}

    Optional<Found> find(ReadTx tx, String id) {
        return tx.query("""
                SELECT k.hashed_secret, k.scopes, k.allow_list, k.login_type, k.lifetime_seconds, k.created_at, k.last_used,
                       k.expires_at, u.status,
                """ + AssignmentRepository.COLUMNS + """
                FROM api_keys k JOIN users u ON u.id = k.user_id AND NOT u.deleted
                WHERE k.id = :id""")
                .bind("id", id)
                .map(this::found)
                .findOne();
    }

    private Found found(ResultSet row, StatementContext context) throws SQLException {
        return new Found(
                row.getBytes("hashed_secret"),
                row.getString("status"),
                AssignmentRepository.assignments(row, rules),
                Arrays.asList((String[]) row.getArray("scopes").getArray()),
                Arrays.asList((String[]) row.getArray("allow_list").getArray()),
                row.getString("login_type").equals("password"),
                row.getLong("lifetime_seconds"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_used", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }
}
