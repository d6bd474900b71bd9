package dev.cloister.server.personal;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.secret.SecretColumn;
import dev.cloister.server.workspace.WorkspaceAgentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** The rows of people's SSH keys; the private half is encrypted. */
public final class GitKeyRepository {
    static final SecretColumn PRIVATE_KEY = new SecretColumn("git_ssh_keys", "private_key", "user_id::text");
    private static final String COLUMNS = "k.user_id, k.public_key, k.private_key, k.created_at, k.updated_at";

    private final SecretCipher cipher;

    public GitKeyRepository(SecretCipher cipher) {
        this.cipher = cipher;
    }

    Optional<GitKey> find(ReadTx tx, Permit<UserId> permit, Action use) {
        return find(tx, permit.idFor(use).value());
    }

    /** The key of the owner of an agent's workspace, for that agent; empty for one who may not sign in. */
    Optional<GitKey> findOfOwner(ReadTx tx, Permit<WorkspaceAgentId> permit) {
        return find(tx, Owners.of(permit));
    }

    private Optional<GitKey> find(ReadTx tx, UUID user) {
        return tx.query("SELECT " + COLUMNS + """
                 FROM git_ssh_keys k JOIN users u ON u.id = k.user_id AND NOT u.deleted
                WHERE k.user_id = :user""")
                .bind("user", user)
                .map((row, context) -> key(row))
                .findOne();
    }

    private GitKey key(ResultSet row) throws SQLException {
        UUID user = Columns.id(row, "user_id");
        return new GitKey(
                new UserId(user),
                row.getString("public_key"),
                cipher.decryptText(PRIVATE_KEY.at(user), row.getBytes("private_key")),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }

    /** The first key of somebody who has none; whoever may see it may cause it. False where there is one already. */
    boolean insert(WriteTx tx, Permit<UserId> permit, Action use, GitKey key) {
        return insert(tx, permit.idFor(use).value(), key);
    }

    /** The first key of the owner of an agent's workspace. */
    boolean insertOfOwner(WriteTx tx, Permit<WorkspaceAgentId> permit, GitKey key) {
        return insert(tx, Owners.of(permit), key);
    }

    private boolean insert(WriteTx tx, UUID user, GitKey key) {
        return tx.update("""
                INSERT INTO git_ssh_keys (user_id, public_key, private_key, created_at, updated_at)
                VALUES (:user, :public, :private, :now, :now)
                ON CONFLICT (user_id) DO NOTHING""")
                        .bind("user", user)
                        .bind("public", key.publicKey())
                        .bind("private", cipher.encrypt(PRIVATE_KEY.at(user), key.privateKey()))
                        .bind("now", key.createdAt())
                        .execute()
                > 0;
    }

    void replace(WriteTx tx, Permit<UserId> permit, GitKey key) {
        UUID user = permit.idFor(Action.UPDATE_PERSONAL).value();
        tx.update("""
                UPDATE git_ssh_keys SET public_key = :public, private_key = :private, updated_at = :now
                WHERE user_id = :user""")
                .bind("user", user)
                .bind("public", key.publicKey())
                .bind("private", cipher.encrypt(PRIVATE_KEY.at(user), key.privateKey()))
                .bind("now", key.updatedAt())
                .execute();
    }
}
