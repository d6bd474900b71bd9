package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.UserStatus;
import dev.cloister.contract.api.ZeroValues;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.CreatePermit;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceId;
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
            u.created_at, u.updated_at, u.last_seen_at, u.is_service_account, u.deleted""";

    Account get(ReadTx tx, Permit<UserId> permit) {
        return byId(tx, permit.idFor(permit.action()).value());
    }

    /** An account with the organizations that the person belongs to. */
    record Whole(Account account, List<UUID> organizations) {}

    Whole whole(ReadTx tx, Permit<UserId> permit) {
        return tx.query("SELECT " + COLUMNS
                        + ", ARRAY(SELECT m.organization_id FROM organization_members m WHERE m.user_id = u.id)"
                        + " AS organizations FROM users u WHERE u.id = :id")
                .bind("id", permit.idFor(permit.action()).value())
                .map((row, context) -> new Whole(account(row, context), List.of((UUID[])
                        row.getArray("organizations").getArray())))
                .one();
    }

    private static Account byId(ReadTx tx, UUID id) {
        return tx.query("SELECT " + COLUMNS + " FROM users u WHERE u.id = :id")
                .bind("id", id)
                .map(UserRepository::account)
                .one();
    }

    /** A credential look-up: who signs in with this address. */
    Optional<Account> byEmailForLogin(ReadTx tx, String email) {
        return tx.query("SELECT " + COLUMNS + " FROM users u"
                        + " WHERE lower(u.email) = lower(:email) AND u.email <> '' AND NOT u.deleted")
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

    /** How many owners who can sign in there are besides one person, with the rows locked against a race of two removals. */
    int otherActiveOwners(WriteTx tx, Permit<UserId> permit) {
        return tx.query("""
                SELECT id FROM users
                WHERE 'owner' = ANY(rbac_roles) AND status <> 'suspended' AND NOT deleted AND id <> :id
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
                    is_service_account, created_at, updated_at)
                VALUES (:id, :username, :email, :name, :password, :loginType, :status, :roles,
                    :serviceAccount, :now, :now)""")
                .bind("id", account.id().value())
                .bind("username", account.username())
                .bind("email", account.email())
                .bind("name", account.name())
                .bind("password", account.hashedPassword().reveal())
                .bind("loginType", wire(account.loginType()))
                .bind("status", wire(account.status()))
                .bindArray("roles", String.class, account.rbacRoles().toArray())
                .bind("serviceAccount", account.isServiceAccount())
                .bind("now", account.createdAt())
                .execute();
        return account;
    }

    /** Stores what a person shows of themselves, at the end of the transaction. */
    void updateProfile(WriteTx tx, Permit<UserId> permit, UserService.Profile profile, Instant now) {
        tx.lastly("""
                UPDATE users SET username = :username, name = :name, avatar_url = coalesce(:avatar, avatar_url),
                    updated_at = :now
                WHERE id = :id""")
                .bind("id", permit.idFor(Action.UPDATE_PERSONAL).value())
                .bind("username", profile.username())
                .bind("name", profile.name())
                .bind("avatar", profile.avatarUrl())
                .bind("now", now);
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

    /** A password whose right to be set is proven by a code that was good a moment ago. */
    Account updatePassword(WriteTx tx, OneTimeCodeRepository.Redeemed proof, Secret hash, Instant now) {
        UUID id = proof.user().value();
        tx.update("UPDATE users SET hashed_password = :hash, updated_at = :now WHERE id = :id")
                .bind("id", id)
                .bind("hash", hash.reveal())
                .bind("now", now)
                .execute();
        return byId(tx, id);
    }

    /** The account of a code that was just redeemed. */
    Account get(ReadTx tx, OneTimeCodeRepository.Redeemed proof) {
        return byId(tx, proof.user().value());
    }

    /** A dormant person who has just proven who they are is active again; empty where they were not dormant. */
    Optional<Account> wake(WriteTx tx, UserId id, Instant now) {
        int woken = tx.update(
                        "UPDATE users SET status = 'active', updated_at = :now WHERE id = :id AND status = 'dormant'")
                .bind("id", id.value())
                .bind("now", now)
                .execute();
        return woken == 0 ? Optional.empty() : Optional.of(byId(tx, id.value()));
    }

    /** Makes dormant who was active last before {@code before}, some of them at a time; returns them as they were. */
    List<Account> fallAsleep(WriteTx tx, Caller.Job job, Instant before, Instant now) {
        if (!job.rights().contains(Dormancy.RIGHT)) {
            throw new IllegalStateException(job.name() + " may not make people dormant");
        }
        List<Account> quiet = tx.query("SELECT " + COLUMNS + """
                 FROM users u
                WHERE u.status = 'active' AND NOT u.deleted AND greatest(u.last_seen_at, u.updated_at) < :before
                ORDER BY u.id LIMIT 200 FOR UPDATE SKIP LOCKED""")
                .bind("before", before)
                .map(UserRepository::account)
                .list();
        tx.update("UPDATE users SET status = 'dormant', updated_at = :now WHERE id = ANY(:ids)")
                .bind("now", now)
                .bindArray(
                        "ids",
                        UUID.class,
                        quiet.stream().map(account -> account.id().value()).toArray())
                .execute();
        return quiet;
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
        forget(tx, id);
        return byId(tx, id);
    }

    /** What is secret or personal goes with the account; only what others refer to stays. */
    private static void forget(WriteTx tx, UUID id) {
        for (String table : List.of(
                "one_time_codes",
                "user_settings",
                "git_ssh_keys",
                "user_secrets",
                "user_skills",
                "external_auth_links")) {
            tx.update("DELETE FROM " + table + " WHERE user_id = :id")
                    .bind("id", id)
                    .execute();
        }
    }

    /** Whether the owner of a thing that somebody has a permit on can sign in. */
    boolean ownerMaySignIn(ReadTx tx, Permit<? extends ResourceId> permit) {
        return tx.query("SELECT EXISTS (SELECT 1 FROM users WHERE id = :id AND NOT deleted AND status <> 'suspended')")
                .bind("id", permit.facts().owner())
                .mapTo(Boolean.class)
                .one();
    }

    /** Whether workspaces still belong to the person. */
    boolean ownsWorkspaces(ReadTx tx, Permit<UserId> permit) {
        return tx.query("SELECT EXISTS (SELECT 1 FROM workspaces WHERE owner_id = :id AND NOT deleted)")
                .bind("id", permit.idFor(Action.DELETE).value())
                .mapTo(Boolean.class)
                .one();
    }

    /** A person after whom a page begins must be visible too, or their place in the order could be found out. */
    List<Account> list(ReadTx tx, Visibility visibility, UserFilter filter, UserPage page) {
        String after = page.after() == null
                ? ""
                : " AND lower(u.username) > (SELECT lower(u.username) FROM users u WHERE u.id = :after AND "
                        + visibility.sql() + ")";
        var query = tx.query("SELECT " + COLUMNS + " FROM users u WHERE NOT u.deleted AND " + visibility.sql() + " AND "
                + filter.sql() + after + " ORDER BY lower(u.username) LIMIT :limit OFFSET :offset");
        if (page.after() != null) {
            query.bind("after", page.after());
        }
        return filter.bind(visibility.bind(query))
                .bind("limit", page.limit())
                .bind("offset", page.offset())
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
                row.getBoolean("is_service_account"),
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
