package dev.cloister.server.personal;

import dev.cloister.contract.Secret;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.OwnedPermit;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.secret.SecretColumn;
import dev.cloister.server.workspace.WorkspaceAgentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of people's secrets; values are encrypted before they come here. */
public final class UserSecretRepository {
    static final SecretColumn VALUE = new SecretColumn("user_secrets", "value", "id::text");
    private static final String COLUMNS = """
            s.id, s.user_id, s.name, s.description, s.env_name, s.file_path, s.enabled, s.value, s.value_bytes,
            s.created_at, s.updated_at""";

    private static UUID owner(OwnedPermit permit, Action use) {
        return permit.ownerFor(use, ResourceType.USER_SECRET);
    }

    List<UserSecretRecord> list(ReadTx tx, OwnedPermit permit, Action use) {
        return tx.query("SELECT " + COLUMNS + " FROM user_secrets s WHERE s.user_id = :user ORDER BY s.name")
                .bind("user", owner(permit, use))
                .map(UserSecretRepository::secret)
                .list();
    }

    Optional<UserSecretRecord> find(ReadTx tx, OwnedPermit permit, Action use, String name) {
        return tx.query("SELECT " + COLUMNS + " FROM user_secrets s WHERE s.user_id = :user AND s.name = :name")
                .bind("user", owner(permit, use))
                .bind("name", name)
                .map(UserSecretRepository::secret)
                .findOne();
    }

    /** Those that an agent gives to its workspace; none of an owner who may not sign in. */
    List<UserSecretRecord> enabledOfOwner(ReadTx tx, Permit<WorkspaceAgentId> permit) {
        return tx.query("SELECT " + COLUMNS + """
                 FROM user_secrets s JOIN users u ON u.id = s.user_id AND NOT u.deleted AND u.status <> 'suspended'
                WHERE s.user_id = :user AND s.enabled AND (s.env_name <> '' OR s.file_path <> '')
                ORDER BY s.name""")
                .bind("user", Owners.of(permit))
                .map(UserSecretRepository::secret)
                .list();
    }

    /** Lets one change of a person's secrets happen at a time, so that limits hold; false for nobody. */
    boolean lock(WriteTx tx, OwnedPermit permit, Action use) {
        return tx.query("SELECT id FROM users WHERE id = :user AND NOT deleted FOR UPDATE")
                .bind("user", owner(permit, use))
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    void insert(WriteTx tx, OwnedPermit permit, UserSecretRecord secret) {
        tx.update("""
                INSERT INTO user_secrets (id, user_id, name, description, env_name, file_path, enabled, value,
                    value_bytes, created_at, updated_at)
                VALUES (:id, :user, :name, :description, :envName, :filePath, :enabled, :value,
                    :bytes, :created, :updated)""")
                .bind("user", owner(permit, Action.CREATE))
                .bind("name", secret.name())
                .bind("id", secret.id())
                .bind("description", secret.description())
                .bind("envName", secret.envName())
                .bind("filePath", secret.filePath())
                .bind("enabled", secret.enabled())
                .bind("value", bytes(secret))
                .bind("bytes", secret.valueBytes())
                .bind("created", secret.createdAt())
                .bind("updated", secret.updatedAt())
                .execute();
    }

    void update(WriteTx tx, OwnedPermit permit, UserSecretRecord secret) {
        tx.update("""
                UPDATE user_secrets SET description = :description, env_name = :envName, file_path = :filePath,
                    enabled = :enabled, value = :value, value_bytes = :bytes, updated_at = :updated
                WHERE id = :id AND user_id = :user""")
                .bind("user", owner(permit, Action.UPDATE))
                .bind("id", secret.id())
                .bind("description", secret.description())
                .bind("envName", secret.envName())
                .bind("filePath", secret.filePath())
                .bind("enabled", secret.enabled())
                .bind("value", bytes(secret))
                .bind("bytes", secret.valueBytes())
                .bind("updated", secret.updatedAt())
                .execute();
    }

    void delete(WriteTx tx, OwnedPermit permit, UserSecretRecord secret) {
        tx.update("DELETE FROM user_secrets WHERE id = :id AND user_id = :user")
                .bind("id", secret.id())
                .bind("user", owner(permit, Action.DELETE))
                .execute();
    }

    private static byte[] bytes(UserSecretRecord secret) {
        return Base64.getDecoder().decode(secret.encryptedValue().reveal());
    }

    private static UserSecretRecord secret(ResultSet row, StatementContext context) throws SQLException {
        return new UserSecretRecord(
                Columns.id(row, "id"),
                new UserId(Columns.id(row, "user_id")),
                row.getString("name"),
                row.getString("description"),
                row.getString("env_name"),
                row.getString("file_path"),
                row.getBoolean("enabled"),
                Secret.of(Base64.getEncoder().encodeToString(row.getBytes("value"))),
                row.getInt("value_bytes"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
