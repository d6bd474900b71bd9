package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.UserStatus;
import dev.cloister.contract.api.ZeroValues;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.CreatePermit;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of people. */
public final class UserRepository {
    private static final String COLUMNS = """
            u.id, u.username, u.email, u.name, u.avatar_url, u.hashed_password, u.login_type, u.status, u.rbac_roles,
            u.created_at, u.updated_at, u.last_seen_at, u.deleted""";

    Account get(ReadTx tx, Permit<UserId> permit) {
        return byId(tx, permit.idFor(permit.action()).value());
    }

    private static Account byId(ReadTx tx, UUID id) {
        return tx.query("SELECT " + COLUMNS + " FROM users u WHERE u.id = :id")
                .bind("id", id)
                .map(UserRepository::account)
                .one();
    }

    /** A credential look-up: who signs in with this address. */
    Optional<Account> byEmailForLogin(ReadTx tx, String email) {
        return tx.query("SELECT " + COLUMNS + " FROM users u WHERE lower(u.email) = lower(:email) AND NOT u.deleted")
                .bind("email", email)
                .map(UserRepository::account)
                .findOne();
    }

    /** A name in an address becomes an id, which says nothing until a permit for it is given. */
    Optional<UserId> idOf(ReadTx tx, String username) {
        return tx.query("SELECT id FROM users WHERE lower(username) = lower(:username) AND NOT deleted")
                .bind("username", username)
                .mapTo(UUID.class)
                .findOne()
                .map(UserId::new);
    }

    boolean any(ReadTx tx) {
        return tx.query("SELECT EXISTS (SELECT 1 FROM users)")
                .mapTo(Boolean.class)
                .one();
    }

    void lockForFirst(WriteTx tx) {
        tx.update("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE").execute();
    }

    /** How many active owners there are besides one person, with the rows locked against a race of two removals. */
    int otherActiveOwners(WriteTx tx, Permit<UserId> permit) {
        return tx.query("""
                SELECT id FROM users
                WHERE 'owner' = ANY(rbac_roles) AND status = 'active' AND NOT deleted AND id <> :id
                ORDER BY id FOR UPDATE""")
                .bind("id", permit.idFor(permit.action()).value())
                .mapTo(UUID.class)
                .list()
                .size();
    }

    /** Creates the very first person; the table is locked and empty. */
    Account createFirst(WriteTx tx, Account account) {
        return insert(tx, account);
    }

    Account create(WriteTx tx, CreatePermit permit, Account account) {
        permit.of(ResourceType.USER);
        return insert(tx, account);
    }

    private static Account insert(WriteTx tx, Account account) {
        tx.update("""
                INSERT INTO users (id, username, email, name, hashed_password, login_type, status, rbac_roles,
                    created_at, updated_at)
                VALUES (:id, :username, :email, :name, :password, :loginType, :status, :roles, :now, :now)""")
                .bind("id", account.id().value())
                .bind("username", account.username())
                .bind("email", account.email())
                .bind("name", account.name())
                .bind("password", account.hashedPassword().reveal())
                .bind("loginType", wire(account.loginType()))
                .bind("status", wire(account.status()))
                .bindArray("roles", String.class, account.rbacRoles().toArray())
                .bind("now", account.createdAt())
                .execute();
        return account;
    }

    Account updateProfile(WriteTx tx, Permit<UserId> permit, String username, String name, Instant now) {
        UUID id = permit.idFor(Action.UPDATE_PERSONAL).value();
        tx.update("UPDATE users SET username = :username, name = :name, updated_at = :now WHERE id = :id")
                .bind("id", id)
                .bind("username", username)
                .bind("name", name)
                .bind("now", now)
                .execute();
        return byId(tx, id);
    }

    Account updatePassword(WriteTx tx, Permit<UserId> permit, Secret hash, Instant now) {
        UUID id = permit.idFor(Action.UPDATE_PERSONAL).value();
        tx.update("UPDATE users SET hashed_password = :hash, updated_at = :now WHERE id = :id")
                .bind("id", id)
                .bind("hash", hash.reveal())
                .bind("now", now)
                .execute();
        return byId(tx, id);
    }

    Account updateStatus(WriteTx tx, Permit<UserId> permit, UserStatus status, Instant now) {
        UUID id = permit.idFor(Action.UPDATE).value();
        tx.update("UPDATE users SET status = :status, updated_at = :now WHERE id = :id")
                .bind("id", id)
                .bind("status", wire(status))
                .bind("now", now)
                .execute();
        return byId(tx, id);
    }

    Account updateRoles(WriteTx tx, Permit<UserId> permit, List<String> roles, Instant now) {
        UUID id = permit.idFor(Action.UPDATE).value();
        tx.update("UPDATE users SET rbac_roles = :roles, updated_at = :now WHERE id = :id")
                .bind("id", id)
                .bindArray("roles", String.class, roles.toArray())
                .bind("now", now)
                .execute();
        return byId(tx, id);
    }

    Account delete(WriteTx tx, Permit<UserId> permit, Instant now) {
        UUID id = permit.idFor(Action.DELETE).value();
        tx.update("UPDATE users SET deleted = TRUE, status = 'suspended', updated_at = :now WHERE id = :id")
                .bind("id", id)
                .bind("now", now)
                .execute();
        return byId(tx, id);
    }

    /** Whether workspaces still belong to the person. */
    boolean ownsWorkspaces(ReadTx tx, Permit<UserId> permit) {
        return tx.query("SELECT EXISTS (SELECT 1 FROM workspaces WHERE owner_id = :id AND NOT deleted)")
                .bind("id", permit.idFor(Action.DELETE).value())
                .mapTo(Boolean.class)
                .one();
    }

    List<Account> list(ReadTx tx, Visibility visibility, UserFilter filter, int limit, int offset) {
        var query = tx.query("SELECT " + COLUMNS + " FROM users u WHERE NOT u.deleted AND " + visibility.sql() + " AND "
                + filter.sql() + " ORDER BY lower(u.username) LIMIT :limit OFFSET :offset");
        return filter.bind(visibility.bind(query))
                .bind("limit", limit)
                .bind("offset", offset)
                .map(UserRepository::account)
                .list();
    }

    int count(ReadTx tx, Visibility visibility, UserFilter filter) {
        var query = tx.query(
                "SELECT count(*) FROM users u WHERE NOT u.deleted AND " + visibility.sql() + " AND " + filter.sql());
        return filter.bind(visibility.bind(query)).mapTo(Integer.class).one();
    }

    /** The organizations of accounts that were read with a permit or through a visibility. */
    Map<UUID, List<UUID>> organizationsOf(ReadTx tx, List<Account> accounts) {
        var memberships = new HashMap<UUID, List<UUID>>();
        tx.query("SELECT user_id, organization_id FROM organization_members WHERE user_id = ANY(:users)")
                .bindArray(
                        "users",
                        UUID.class,
                        accounts.stream().map(account -> account.id().value()).toArray())
                .map((row, context) -> memberships
                        .computeIfAbsent(row.getObject("user_id", UUID.class), ignored -> new ArrayList<>())
                        .add(row.getObject("organization_id", UUID.class)))
                .list();
        return memberships;
    }

    static Visibility.Columns columns() {
        return new Visibility.Columns("u.id", "", "u.id", "");
    }

    private static Account account(ResultSet row, StatementContext context) throws SQLException {
        return new Account(
                new UserId(row.getObject("id", UUID.class)),
                row.getString("username"),
                row.getString("email"),
                row.getString("name"),
                row.getString("avatar_url"),
                Secret.of(row.getString("hashed_password")),
                LoginType.valueOf(row.getString("login_type").toUpperCase(Locale.ROOT)),
                UserStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                Arrays.asList((String[]) row.getArray("rbac_roles").getArray()),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                instant(row, "last_seen_at"),
                row.getBoolean("deleted"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? ZeroValues.TIME : value.toInstant();
    }

    private static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
