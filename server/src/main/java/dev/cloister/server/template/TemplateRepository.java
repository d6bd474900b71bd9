package dev.cloister.server.template;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.CreatePermit;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The rows of templates. */
public final class TemplateRepository {
    private static final int MAX_LISTED = 1000;
    private static final TypeReference<Map<UUID, List<String>>> GRANTS = new TypeReference<>() {};

    void insert(WriteTx tx, CreatePermit permit, Template template) {
        SettingsRow.bind(
                        tx.update("""
                INSERT INTO templates (id, organization_id, name, display_name, description, icon, provisioner,
                    active_version_id, created_by, user_acl, group_acl, deprecated, created_at, updated_at,
                    """ + SettingsRow.COLUMNS + """
                ) VALUES (:id, :organization, :name, :displayName, :description, :icon, :provisioner,
                    :version, :createdBy, :userAcl::jsonb, :groupAcl::jsonb, :deprecated, :now, :now,
                    """ + SettingsRow.VALUES + ")")
                                .bind("id", template.id().value())
                                .bind(
                                        "organization",
                                        permit.of(ResourceType.TEMPLATE).organization())
                                .bind("name", template.name())
                                .bind("displayName", template.displayName())
                                .bind("description", template.description())
                                .bind("icon", template.icon())
                                .bind("provisioner", template.provisioner())
                                .bind("version", template.activeVersionId().value())
                                .bind("createdBy", template.createdBy())
                                .bind("userAcl", json(template.userAcl()))
                                .bind("groupAcl", json(template.groupAcl()))
                                .bind("deprecated", template.deprecated())
                                .bind("now", template.createdAt()),
                        template.settings())
                .execute();
    }

    private static String json(Map<UUID, List<String>> grants) {
        return ApiJson.mapper().writeValueAsString(grants);
    }

    Template get(ReadTx tx, Permit<TemplateId> permit) {
        return one(tx, permit, "");
    }

    /** The row, locked against changes and against a deletion meanwhile. */
    Template lock(WriteTx tx, Permit<TemplateId> permit) {
        return one(tx, permit, " FOR UPDATE");
    }

    /** The row, kept from being deleted until the transaction ends where that one can write. */
    Template hold(ReadTx tx, Permit<TemplateId> permit) {
        return one(tx, permit, tx instanceof WriteTx ? " FOR SHARE" : "");
    }

    /** The template of a version that the caller's service has reached from a permitted workspace. */
    Template ofVersion(ReadTx tx, TemplateVersionId version) {
        return tx.query("""
                SELECT t.*
                FROM templates t JOIN template_versions v ON v.template_id = t.id WHERE v.id = :version""")
                .bind("version", version.value())
                .map(TemplateRepository::template)
                .one();
    }

    private static Template one(ReadTx tx, Permit<TemplateId> permit, String lock) {
        return tx.query("""
                SELECT t.*
                FROM templates t WHERE t.id = :id""" + lock)
                .bind("id", permit.idFor(permit.action()).value())
                .map(TemplateRepository::template)
                .one();
    }

    /** A name becomes an id, which says nothing until a permit for it is given. */
    Optional<TemplateId> idOf(ReadTx tx, UUID organization, String name) {
        return tx.query("""
                SELECT id FROM templates
                WHERE organization_id = :organization AND lower(name) = lower(:name) AND NOT deleted""")
                .bind("organization", organization)
                .bind("name", name)
                .mapTo(UUID.class)
                .findOne()
                .map(TemplateId::new);
    }

    /** Whether the organization has, or once had, a template of this name. */
    boolean everExisted(ReadTx tx, CreatePermit permit, String name) {
        return tx.query("""
                SELECT EXISTS (SELECT 1 FROM templates
                               WHERE organization_id = :organization AND lower(name) = lower(:name))""")
                .bind("organization", permit.of(ResourceType.TEMPLATE).organization())
                .bind("name", name)
                .mapTo(Boolean.class)
                .one();
    }

    dev.cloister.contract.api.Template view(ReadTx tx, Permit<TemplateId> permit) {
        return tx.query(TemplateRow.SELECT + " WHERE t.id = :id")
                .bind("id", permit.idFor(permit.action()).value())
                .map(TemplateRow::map)
                .one();
    }

    List<dev.cloister.contract.api.Template> list(ReadTx tx, Visibility visibility, TemplateFilter filter) {
        var query = tx.query(TemplateRow.SELECT + " WHERE " + visibility.sql() + " AND " + filter.sql()
                + " ORDER BY lower(t.name), t.id LIMIT " + MAX_LISTED);
        return filter.bind(visibility.bind(query)).map(TemplateRow::map).list();
    }

    static Visibility.Columns columns() {
        return new Visibility.Columns("t.id", "t.organization_id", "", "t");
    }

    void update(WriteTx tx, Permit<TemplateId> permit, Template template) {
        SettingsRow.bind(
                        tx.update("""
                UPDATE templates
                SET name = :name, display_name = :displayName, description = :description, icon = :icon,
                    active_version_id = :version, user_acl = :userAcl::jsonb, group_acl = :groupAcl::jsonb,
                    deprecated = :deprecated, updated_at = :now,
                    (""" + SettingsRow.COLUMNS + ") = (" + SettingsRow.VALUES + """
                    ) WHERE id = :id""")
                                .bind("id", permit.idFor(Action.UPDATE).value())
                                .bind("name", template.name())
                                .bind("displayName", template.displayName())
                                .bind("description", template.description())
                                .bind("icon", template.icon())
                                .bind("version", template.activeVersionId().value())
                                .bind("userAcl", json(template.userAcl()))
                                .bind("groupAcl", json(template.groupAcl()))
                                .bind("deprecated", template.deprecated())
                                .bind("now", template.updatedAt()),
                        template.settings())
                .execute();
    }

    /** Takes the workspaces of a template as used just now; returns how many there are. */
    int touchWorkspaces(WriteTx tx, Permit<TemplateId> permit, Instant now) {
        return tx.update("UPDATE workspaces SET last_used_at = :now WHERE template_id = :id AND NOT deleted")
                .bind("id", permit.idFor(Action.UPDATE).value())
                .bind("now", now)
                .execute();
    }

    /** A dormant workspace with the new time of its deletion, null for never. */
    record Rescheduled(
            UUID owner,
            String ownerName,
            String name,
            @Nullable Instant deletingAt) {}

    /**
     * Has dormant workspaces of a template deleted so many milliseconds after they went to sleep, 0 for never; returns
     * how many there are.
     *
     * @param asleepFrom when they are taken to have gone to sleep; empty for when they did
     */
    List<Rescheduled> rescheduleDormant(
            WriteTx tx, Permit<TemplateId> permit, long autodelete, Optional<Instant> asleepFrom) {
        return tx.query("""
                UPDATE workspaces
                SET dormant_at = coalesce(:from::timestamptz, dormant_at),
                    deleting_at = CASE WHEN :after > 0
                        THEN coalesce(:from::timestamptz, dormant_at) + :after * interval '1 millisecond' END
                WHERE template_id = :id AND NOT deleted AND dormant_at IS NOT NULL
                RETURNING owner_id, name, deleting_at,
                    (SELECT username FROM users u WHERE u.id = workspaces.owner_id) AS owner_name""")
                .bind("id", permit.idFor(Action.UPDATE).value())
                .bind("from", asleepFrom.orElse(null))
                .bind("after", autodelete)
                .map((row, context) -> new Rescheduled(
                        Columns.id(row, "owner_id"),
                        row.getString("owner_name"),
                        row.getString("name"),
                        Columns.instantOrNull(row, "deleting_at")))
                .list();
    }

    boolean hasWorkspaces(ReadTx tx, Permit<TemplateId> permit) {
        return tx.query("SELECT EXISTS (SELECT 1 FROM workspaces WHERE template_id = :id AND NOT deleted)")
                .bind("id", permit.idFor(Action.DELETE).value())
                .mapTo(Boolean.class)
                .one();
    }

    void delete(WriteTx tx, Permit<TemplateId> permit, Instant now) {
        tx.update("UPDATE templates SET deleted = TRUE, updated_at = :now WHERE id = :id")
                .bind("id", permit.idFor(Action.DELETE).value())
                .bind("now", now)
                .execute();
    }

    private static Template template(ResultSet row, StatementContext context) throws SQLException {
        return new Template(
                new TemplateId(Columns.id(row, "id")),
                Columns.id(row, "organization_id"),
                row.getString("name"),
                row.getString("display_name"),
                row.getString("description"),
                row.getString("icon"),
                row.getString("provisioner"),
                new TemplateVersionId(Columns.id(row, "active_version_id")),
                Columns.id(row, "created_by"),
                ApiJson.mapper().readValue(row.getString("user_acl"), GRANTS),
                ApiJson.mapper().readValue(row.getString("group_acl"), GRANTS),
                row.getString("deprecated"),
                SettingsRow.map(row),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
