package dev.cloister.server.workspace;

import dev.cloister.contract.api.AutomaticUpdates;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.CreatePermit;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.LeasedJob;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.template.TemplateId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The rows of workspaces. */
public final class WorkspaceRepository {
    private static final String SELECT = """
            SELECT w.id, w.organization_id, w.owner_id, u.username, w.template_id, w.name, w.autostart_schedule, w.ttl,
                   w.automatic_updates, w.dormant_at, w.deleting_at, w.next_start_at, w.favorite, w.created_at,
                   w.deleted
            FROM workspaces w JOIN users u ON u.id = w.owner_id
            """;

    void insert(WriteTx tx, CreatePermit permit, Workspace workspace) {
        permit.of(ResourceType.WORKSPACE);
        tx.update("""
                INSERT INTO workspaces (id, organization_id, owner_id, template_id, name, autostart_schedule, ttl,
                    automatic_updates, next_start_at, created_at, updated_at, last_used_at)
                VALUES (:id, :organization, :owner, :template, :name, :schedule, :ttl,
                    :updates, :next, :now, :now, :now)""")
                .bind("id", workspace.id().value())
                .bind("organization", permit.organization())
                .bind("owner", permit.owner())
                .bind("template", workspace.templateId().value())
                .bind("name", workspace.name())
                .bind("schedule", workspace.autostartSchedule())
                .bind("ttl", workspace.ttl())
                .bind("updates", wire(workspace.automaticUpdates()))
                .bind("next", workspace.nextStartAt())
                .bind("now", workspace.createdAt())
                .execute();
    }

    /** The name of the owner-to-be if they can own a workspace there: an active member of the organization. */
    Optional<String> ownerName(ReadTx tx, CreatePermit permit) {
        return tx.query("""
                SELECT u.username FROM users u
                JOIN organization_members m ON m.user_id = u.id AND m.organization_id = :organization
                WHERE u.id = :owner AND NOT u.deleted AND u.status <> 'suspended'""")
                .bind("organization", permit.of(ResourceType.WORKSPACE).organization())
                .bind("owner", permit.owner())
                .mapTo(String.class)
                .findOne();
    }

    Workspace get(ReadTx tx, Permit<WorkspaceId> permit) {
        return one(tx, permit, "");
    }

    /** The row, locked: one change of a workspace at a time. */
    Workspace lock(WriteTx tx, Permit<WorkspaceId> permit) {
        return one(tx, permit, " FOR UPDATE OF w");
    }

    private static Workspace one(ReadTx tx, Permit<WorkspaceId> permit, String lock) {
        return tx.query(SELECT + " WHERE w.id = :id" + lock)
                .bind("id", permit.idFor(permit.action()).value())
                .map(WorkspaceRepository::workspace)
                .one();
    }

    /** The workspace that a job works on. */
    Workspace get(ReadTx tx, LeasedJob job) {
        return tx.query(SELECT + " JOIN workspace_builds b ON b.workspace_id = w.id WHERE b.job_id = :job")
                .bind("job", job.id().value())
                .map(WorkspaceRepository::workspace)
                .one();
    }

    /** A name becomes an id, which says nothing until a permit for it is given. Of several deleted ones the newest. */
    Optional<WorkspaceId> idOf(ReadTx tx, UUID owner, String name, boolean deletedToo) {
        return tx.query("""
                SELECT id FROM workspaces
                WHERE owner_id = :owner AND lower(name) = lower(:name) AND (:deleted OR NOT deleted)
                ORDER BY deleted, created_at DESC LIMIT 1""")
                .bind("owner", owner)
                .bind("name", name)
                .bind("deleted", deletedToo)
                .mapTo(UUID.class)
                .findOne()
                .map(WorkspaceId::new);
    }

    void update(WriteTx tx, Permit<WorkspaceId> permit, Workspace workspace, Instant now) {
        tx.update("""
                UPDATE workspaces
                SET name = :name, autostart_schedule = :schedule, ttl = :ttl, automatic_updates = :updates,
                    dormant_at = :dormant, deleting_at = :deleting, next_start_at = :next, favorite = :favorite,
                    updated_at = :now
                WHERE id = :id""")
                .bind("id", permit.idFor(Action.UPDATE).value())
                .bind("name", workspace.name())
                .bind("schedule", workspace.autostartSchedule())
                .bind("ttl", workspace.ttl())
                .bind("updates", wire(workspace.automaticUpdates()))
                .bind("dormant", workspace.dormantAt())
                .bind("deleting", workspace.deletingAt())
                .bind("next", workspace.nextStartAt())
                .bind("favorite", workspace.favorite())
                .bind("now", now)
                .execute();
    }

    /** When the schedule of a workspace comes round next. */
    void setNextStart(WriteTx tx, Permit<WorkspaceId> permit, @Nullable Instant next) {
        tx.update("UPDATE workspaces SET next_start_at = :next WHERE id = :id")
                .bind("id", permit.idFor(Action.START).value())
                .bind("next", next)
                .execute();
    }

    /** Whether an agent is one that a build of the workspace made. */
    boolean hasAgent(ReadTx tx, Permit<WorkspaceId> permit, UUID agent) {
        return tx.query("SELECT EXISTS (SELECT 1 FROM workspace_agents WHERE id = :agent AND workspace_id = :id)")
                .bind("agent", agent)
                .bind("id", permit.idFor(permit.action()).value())
                .mapTo(Boolean.class)
                .one();
    }

    /** Whether the owner may work: neither suspended nor long away. */
    boolean ownerIsActive(ReadTx tx, Permit<WorkspaceId> permit) {
        return tx.query("""
                SELECT u.status = 'active' AND NOT u.deleted
                FROM workspaces w JOIN users u ON u.id = w.owner_id WHERE w.id = :id""")
                .bind("id", permit.idFor(permit.action()).value())
                .mapTo(Boolean.class)
                .one();
    }

    /** Counts as used just now: woken, or started. */
    void awake(WriteTx tx, Permit<WorkspaceId> permit, Instant now) {
        tx.update("UPDATE workspaces SET last_used_at = :now WHERE id = :id AND last_used_at < :now")
                .bind("id", permit.idFor(permit.action()).value())
                .bind("now", now)
                .execute();
    }

    /** Keeps the row of a workspace whose deletion has succeeded, and frees its name. */
    void markDeleted(WriteTx tx, LeasedJob job, Instant now) {
        tx.update("""
                UPDATE workspaces SET deleted = TRUE, updated_at = :now
                WHERE id = (SELECT workspace_id FROM workspace_builds WHERE job_id = :job AND transition = 'delete')""").bind("job", job.id().value()).bind("now", now).execute();
    }

    /**
     * The workspaces that should be running on this deployment's host: those whose last build that was begun is a start
     * that succeeded. For the engine after a start of the server, which tells nobody.
     */
    List<UUID> shouldRun(ReadTx tx) {
        return tx.query("""
                SELECT w.id FROM workspaces w
                JOIN LATERAL (
                    SELECT b.transition, j.completed_at, j.error, j.canceled_at
                    FROM workspace_builds b JOIN provisioner_jobs j ON j.id = b.job_id
                    WHERE b.workspace_id = w.id AND j.attempts > 0
                    ORDER BY b.build_number DESC LIMIT 1) last ON TRUE
                WHERE NOT w.deleted AND last.transition = 'start' AND last.completed_at IS NOT NULL
                    AND last.error = '' AND last.canceled_at IS NULL""").mapTo(UUID.class).list();
    }

    /** The workspaces with a build that waits or runs. For the engine after a start of the server, which tells nobody. */
    List<UUID> underWay(ReadTx tx) {
        return tx.query("""
                SELECT DISTINCT b.workspace_id FROM workspace_builds b
                JOIN provisioner_jobs j ON j.id = b.job_id
                WHERE j.completed_at IS NULL""").mapTo(UUID.class).list();
    }

    private static String wire(AutomaticUpdates updates) {
        return updates.name().toLowerCase(Locale.ROOT);
    }

    private static Workspace workspace(ResultSet row, StatementContext context) throws SQLException {
        return new Workspace(
                new WorkspaceId(Columns.id(row, "id")),
                Columns.id(row, "organization_id"),
                Columns.id(row, "owner_id"),
                row.getString("username"),
                new TemplateId(Columns.id(row, "template_id")),
                row.getString("name"),
                row.getString("autostart_schedule"),
                Columns.longOrNull(row, "ttl"),
                AutomaticUpdates.valueOf(row.getString("automatic_updates").toUpperCase(Locale.ROOT)),
                Columns.instantOrNull(row, "dormant_at"),
                Columns.instantOrNull(row, "deleting_at"),
                Columns.instantOrNull(row, "next_start_at"),
                row.getBoolean("favorite"),
                Columns.instant(row, "created_at"),
                row.getBoolean("deleted"));
    }
}
