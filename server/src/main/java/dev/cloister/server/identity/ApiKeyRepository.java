package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.LoginType;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.OwnedPermit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.platform.sql.Topics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of sessions and tokens. */
public final class ApiKeyRepository {
    private static final String COLUMNS = """
            k.id, k.hashed_secret, k.user_id, k.login_type, k.token_name, k.scopes, k.allow_list, k.lifetime_seconds, k.address,
            k.user_agent, k.created_at, k.updated_at, k.last_used, k.expires_at""";

    /** A session at the moment of login: the caller has just proven who they are, and holds no permit yet. */
    void insertSession(WriteTx tx, ApiKeyRecord key) {
        insert(tx, key);
    }

    void insert(WriteTx tx, OwnedPermit permit, ApiKeyRecord key) {
        UUID owner = permit.ownerFor(Action.CREATE, ResourceType.API_KEY);
        if (!owner.equals(key.userId().value())) {
            throw new IllegalStateException("a key for another person than permitted");
        }
        insert(tx, key);
    }

    private static void insert(WriteTx tx, ApiKeyRecord key) {
        tx.update("""
                INSERT INTO api_keys (id, hashed_secret, user_id, login_type, token_name, scopes, allow_list,
                    lifetime_seconds, address, user_agent, created_at, updated_at, last_used, expires_at)
                VALUES (:id, :secret, :user, :loginType, :name, :scopes, :allowList,
                    :lifetime, :address, :agent, :created, :created, :created, :expires)""")
                .bind("id", key.id())
                .bind("secret", Base64.getDecoder().decode(key.hashedSecret().reveal()))
                .bind("user", key.userId().value())
                .bind("loginType", key.loginType().name().toLowerCase(Locale.ROOT))
                .bind("name", key.tokenName())
                .bindArray("scopes", String.class, key.scopes().toArray())
                .bindArray("allowList", String.class, key.allowList().toArray())
                .bind("lifetime", key.lifetimeSeconds())
                .bind("address", key.address())
                .bind("agent", key.userAgent())
                .bind("created", key.createdAt())
                .bind("expires", key.expiresAt())
                .execute();
    }

    /** Whose keys these are to be. */
    record Holder(boolean isOwner, boolean isServiceAccount) {}

    Optional<Holder> holder(ReadTx tx, OwnedPermit permit, Action use) {
        return tx.query("""
                SELECT 'owner' = ANY(rbac_roles) AS is_owner, is_service_account
                FROM users WHERE id = :user AND NOT deleted""")
                .bind("user", permit.ownerFor(use, ResourceType.API_KEY))
                .map((row, context) -> new Holder(row.getBoolean("is_owner"), row.getBoolean("is_service_account")))
                .findOne();
    }

    /**
     * Which tokens of those that somebody may see.
     *
     * @param kind {@code token}, or {@code password} for sessions
     */
    record Wanted(String kind, boolean expiredToo, Instant now, int limit, int offset) {}

    /** A key with the name of its holder. */
    record Listed(ApiKeyRecord key, String username) {}

    /** Those of one person. */
    List<Listed> list(ReadTx tx, OwnedPermit permit, Wanted wanted) {
        return list(
                tx.query(listSql("k.user_id = :user")).bind("user", permit.ownerFor(Action.READ, ResourceType.API_KEY)),
                wanted);
    }

    /** Those of everybody, as far as the caller may see them. */
    List<Listed> list(ReadTx tx, Visibility visibility, Wanted wanted) {
        return list(visibility.bind(tx.query(listSql(visibility.sql()))), wanted);
    }

    private static String listSql(String condition) {
        return "SELECT " + COLUMNS + """
                , u.username FROM api_keys k JOIN users u ON u.id = k.user_id AND NOT u.deleted
                WHERE k.login_type = :kind AND (:all OR k.expires_at > :now) AND """ + " " + condition + " ORDER BY k.created_at, k.id LIMIT :limit OFFSET :offset";
    }

    private static List<Listed> list(Query query, Wanted wanted) {
        return query.bind("kind", wanted.kind())
                .bind("all", wanted.expiredToo())
                .bind("now", wanted.now())
                .bind("limit", wanted.limit())
                .bind("offset", wanted.offset())
                .map((row, context) -> new Listed(key(row, context), row.getString("username")))
                .list();
    }

    /** A key's id is no UUID, so that no list of allowed ids can name one. */
    static Visibility.Columns columns() {
        return new Visibility.Columns("NULL::uuid", "", "k.user_id", "");
    }

    /** Ends a key now, but keeps it in the list. */
    ApiKeyRecord expire(WriteTx tx, OwnedPermit permit, String id, Instant now) {
        return tx.query("UPDATE api_keys k SET expires_at = :now, updated_at = :now"
                        + " WHERE k.id = :id AND k.user_id = :user RETURNING " + COLUMNS)
                .bind("id", id)
                .bind("user", permit.ownerFor(Action.UPDATE, ResourceType.API_KEY))
                .bind("now", now)
                .map(ApiKeyRepository::key)
                .one();
    }

    Optional<ApiKeyRecord> find(ReadTx tx, OwnedPermit permit, Action use, String idOrName) {
        return tx.query("SELECT " + COLUMNS + """
                 FROM api_keys k
                WHERE k.user_id = :user AND (k.id = :text OR (k.login_type = 'token' AND k.token_name = :text))
                ORDER BY k.id = :text DESC LIMIT 1""")
                .bind("user", permit.ownerFor(use, ResourceType.API_KEY))
                .bind("text", idOrName)
                .map(ApiKeyRepository::key)
                .findOne();
    }

    boolean delete(WriteTx tx, OwnedPermit permit, String id) {
        return tx.update("DELETE FROM api_keys WHERE id = :id AND user_id = :user")
                        .bind("id", id)
                        .bind("user", permit.ownerFor(Action.DELETE, ResourceType.API_KEY))
                        .execute()
                > 0;
    }

    /** Ends the credential that is making the request: its holder may always lay it down. */
    Optional<ApiKeyRecord> deleteOwn(WriteTx tx, String id) {
        var query = tx.query("DELETE FROM api_keys k WHERE k.id = :id RETURNING " + COLUMNS);
        return query.bind("id", id).map(ApiKeyRepository::key).findOne();
    }

    /** Forgets some of those that ended before a time; returns how many. */
    int forget(WriteTx tx, Caller.Job job, Instant before) {
        if (!job.rights().contains(ExpiredKeys.RIGHT)) {
            throw new IllegalStateException(job.name() + " may not forget sessions");
        }
        return tx.update("""
                DELETE FROM api_keys WHERE id IN (
                    SELECT id FROM api_keys WHERE expires_at < :before
                    ORDER BY expires_at LIMIT :most FOR UPDATE SKIP LOCKED)""")
                .bind("before", before)
                .bind("most", ExpiredKeys.AT_ONCE)
                .execute();
    }

    /** Ends every session and token of a person, except one, with every connection that they opened. */
    void endAll(WriteTx tx, UserId user, String except) {
        List<String> ended = tx.query("DELETE FROM api_keys WHERE user_id = :user AND id <> :except RETURNING id")
                .bind("user", user.value())
                .bind("except", except)
                .mapTo(String.class)
                .list();
        ended.forEach(key -> tx.announce(Topics.CREDENTIAL_ENDED, key));
    }

    /**
     * Writes when credentials were used last, and how long sessions live from there. One that was ended or narrowed
     * since it was read is left as it is.
     */
    void used(WriteTx tx, Caller.Job job, List<CredentialUses.Use> uses) {
        if (!job.rights().contains(CredentialUses.RIGHT)) {
            throw new IllegalStateException(job.name() + " may not renew sessions");
        }
        tx.update("""
                UPDATE api_keys k SET last_used = use.at, expires_at = use.renewed
                FROM unnest(:ids, :at::timestamptz[], :ends::timestamptz[], :renewed::timestamptz[])
                    AS use (id, at, ends, renewed)
                WHERE k.id = use.id AND k.expires_at = use.ends""")
                .bindArray(
                        "ids",
                        String.class,
                        uses.stream().map(CredentialUses.Use::id).toArray())
                .bindArray("at", String.class, texts(uses, CredentialUses.Use::at))
                .bindArray("ends", String.class, texts(uses, CredentialUses.Use::ends))
                .bindArray("renewed", String.class, texts(uses, CredentialUses.Use::renewed))
                .execute();
        tx.update("""
                UPDATE users u SET last_seen_at = use.at
                FROM (SELECT id, max(at) AS at FROM unnest(:holders, :at::timestamptz[]) AS one (id, at) GROUP BY id)
                    AS use
                WHERE u.id = use.id AND u.last_seen_at < use.at""")
                .bindArray(
                        "holders",
                        UUID.class,
                        uses.stream().map(CredentialUses.Use::holder).toArray())
                .bindArray("at", String.class, texts(uses, CredentialUses.Use::at))
                .execute();
    }

    private static Object[] texts(List<CredentialUses.Use> uses, Function<CredentialUses.Use, Instant> time) {
        return uses.stream().map(use -> time.apply(use).toString()).toArray();
    }

    static ApiKeyRecord key(ResultSet row, StatementContext context) throws SQLException {
        return new ApiKeyRecord(
                row.getString("id"),
                Secret.of(Base64.getEncoder().encodeToString(row.getBytes("hashed_secret"))),
                new UserId(row.getObject("user_id", UUID.class)),
                LoginType.valueOf(row.getString("login_type").toUpperCase(Locale.ROOT)),
                row.getString("token_name"),
                Arrays.asList((String[]) row.getArray("scopes").getArray()),
                Arrays.asList((String[]) row.getArray("allow_list").getArray()),
                row.getLong("lifetime_seconds"),
                row.getString("address"),
                row.getString("user_agent"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                instant(row, "last_used"),
                instant(row, "expires_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
