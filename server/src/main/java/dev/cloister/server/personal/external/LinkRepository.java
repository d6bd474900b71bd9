package dev.cloister.server.personal.external;

import dev.cloister.contract.Secret;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.secret.SecretColumn;
import dev.cloister.server.secret.SecretPlace;
import dev.cloister.server.workspace.WorkspaceAgentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of links; both tokens are encrypted. */
public final class LinkRepository {
    private static final String TABLE = "external_auth_links";
    private static final String ROW = "user_id::text || ':' || provider_id";
    static final SecretColumn ACCESS = new SecretColumn(TABLE, "access_token", ROW);
    static final SecretColumn REFRESH = new SecretColumn(TABLE, "refresh_token", ROW);
    private static final String SELECT = """
            SELECT l.user_id, l.provider_id, l.access_token, l.refresh_token, l.expires_at, l.refresh_failure,
                   l.created_at, l.updated_at
            FROM external_auth_links l JOIN users u ON u.id = l.user_id AND NOT u.deleted AND u.status <> 'suspended'
            WHERE l.user_id = :user""";

    private final SecretCipher cipher;

    public LinkRepository(SecretCipher cipher) {
        this.cipher = cipher;
    }

    List<Link> list(ReadTx tx, Permit<UserId> permit) {
        return tx.query(SELECT + " ORDER BY l.provider_id")
                .bind("user", permit.idFor(Action.READ_PERSONAL).value())
                .map((row, context) -> link(row))
                .list();
    }

    Optional<Link> find(ReadTx tx, Permit<UserId> permit, Action use, String provider) {
        return find(tx, permit.idFor(use).value(), provider);
    }

    /** The link of the owner of an agent's workspace; empty for an owner who may not sign in. */
    Optional<Link> findOfOwner(ReadTx tx, Permit<WorkspaceAgentId> permit, String provider) {
        permit.idFor(Action.UPDATE_AGENT);
        return find(tx, Objects.requireNonNull(permit.facts().owner()), provider);
    }

    private Optional<Link> find(ReadTx tx, UUID user, String provider) {
        return tx.query(SELECT + " AND l.provider_id = :provider")
                .bind("user", user)
                .bind("provider", provider)
                .map((row, context) -> link(row))
                .findOne();
    }

    private Link link(ResultSet row) throws SQLException {
        UUID user = Columns.id(row, "user_id");
        String provider = row.getString("provider_id");
        byte[] refresh = row.getBytes("refresh_token");
        return new Link(
                new UserId(user),
                provider,
                cipher.decryptText(place(ACCESS, user, provider), row.getBytes("access_token")),
                refresh == null ? null : cipher.decryptText(place(REFRESH, user, provider), refresh),
                Columns.instantOrNull(row, "expires_at"),
                row.getString("refresh_failure"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }

    private static SecretPlace place(SecretColumn column, UUID user, String provider) {
        return column.at(user + ":" + provider);
    }

    void put(WriteTx tx, Permit<UserId> permit, Link link) {
        UUID user = permit.idFor(Action.UPDATE_PERSONAL).value();
        tx.update("""
                INSERT INTO external_auth_links (user_id, provider_id, access_token, refresh_token, expires_at,
                    refresh_failure, created_at, updated_at)
                VALUES (:user, :provider, :access, :refresh, :expires, '', :now, :now)
                ON CONFLICT (user_id, provider_id) DO UPDATE SET access_token = :access, refresh_token = :refresh,
                    expires_at = :expires, refresh_failure = '', updated_at = :now""")
                .bind("user", user)
                .bind("provider", link.provider())
                .bind("access", cipher.encrypt(place(ACCESS, user, link.provider()), link.accessToken()))
                .bind("refresh", refresh(user, link))
                .bind("expires", link.expiresAt())
                .bind("now", link.updatedAt())
                .execute();
    }

    private byte @Nullable [] refresh(UUID user, Link link) {
        Secret token = link.refreshToken();
        return token == null ? null : cipher.encrypt(place(REFRESH, user, link.provider()), token);
    }

    /** What came of renewing a link that a permit had led to, unless it was changed since. */
    void renewed(WriteTx tx, Link before, Link after) {
        UUID user = before.user().value();
        tx.update("""
                UPDATE external_auth_links SET access_token = :access, refresh_token = :refresh,
                    expires_at = :expires, refresh_failure = :failure, updated_at = :now
                WHERE user_id = :user AND provider_id = :provider AND updated_at = :seen""")
                .bind("user", user)
                .bind("provider", before.provider())
                .bind("access", cipher.encrypt(place(ACCESS, user, before.provider()), after.accessToken()))
                .bind("refresh", refresh(user, after))
                .bind("expires", after.expiresAt())
                .bind("failure", after.refreshFailure())
                .bind("now", after.updatedAt())
                .bind("seen", before.updatedAt())
                .execute();
    }

    void delete(WriteTx tx, Permit<UserId> permit, String provider) {
        tx.update("DELETE FROM external_auth_links WHERE user_id = :user AND provider_id = :provider")
                .bind("user", permit.idFor(Action.UPDATE_PERSONAL).value())
                .bind("provider", provider)
                .execute();
    }
}
