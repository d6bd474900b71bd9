package dev.cloister.server.access;

import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads who owns a thing, for the {@link Authorizer} alone. One of the two places that may look at rows by a bare id:
 * what it returns goes into a decision and to nobody else.
 */
public final class OwnershipRepository {

    private static final String OF_WORKSPACE =
            " w.id, w.organization_id, w.owner_id, w.user_acl, w.group_acl, w.dormant_at IS NOT NULL AS dormant ";
    private static final String OF_TEMPLATE =
            " t.id, %s.organization_id, NULL::uuid AS owner_id, t.user_acl, t.group_acl, FALSE AS dormant ";
    private static final String NO_GRANTS = ", NULL AS user_acl, NULL AS group_acl, FALSE AS dormant ";

    /** How the facts of a whole thing are read, by its type. */
    private static final Map<ResourceType, String> WHOLE = Map.of(
            ResourceType.WORKSPACE,
            "SELECT" + OF_WORKSPACE + "FROM workspaces w WHERE w.id = :id",
            ResourceType.TEMPLATE,
            "SELECT" + OF_TEMPLATE.formatted("t") + "FROM templates t WHERE t.id = :id AND NOT t.deleted",
            ResourceType.USER,
            "SELECT id, NULL::uuid AS organization_id, id AS owner_id" + NO_GRANTS
                    + "FROM users WHERE id = :id AND NOT deleted",
            ResourceType.ORGANIZATION,
            "SELECT id, id AS organization_id, NULL::uuid AS owner_id" + NO_GRANTS
                    + "FROM organizations WHERE id = :id AND NOT deleted",
            ResourceType.GROUP,
            "SELECT g.id, g.organization_id, NULL::uuid AS owner_id" + NO_GRANTS
                    + "FROM groups g JOIN organizations o ON o.id = g.organization_id AND NOT o.deleted"
                    + " WHERE g.id = :id",
            ResourceType.FILE,
            "SELECT id, NULL::uuid AS organization_id, created_by AS owner_id" + NO_GRANTS
                    + "FROM files WHERE id = :id");

    Optional<ResourceFacts> facts(ReadTx tx, ResourceId id) {
        return switch (id.part()) {
            case WHOLE -> row(tx, id, whole(id.type()));
            case TEMPLATE_VERSION ->
                row(
                        tx,
                        id,
                        "SELECT" + OF_TEMPLATE.formatted("v")
                                + "FROM template_versions v LEFT JOIN templates t ON t.id = v.template_id"
                                + " WHERE v.id = :id AND NOT coalesce(t.deleted, FALSE)");
            case WORKSPACE_BUILD ->
                row(
                        tx,
                        id,
                        "SELECT" + OF_WORKSPACE
                                + "FROM workspace_builds b JOIN workspaces w ON w.id = b.workspace_id WHERE b.id = :id");
            case WORKSPACE_AGENT ->
                row(
                        tx,
                        id,
                        "SELECT" + OF_WORKSPACE
                                + "FROM workspace_agents a JOIN workspaces w ON w.id = a.workspace_id WHERE a.id = :id");
        };
    }

    private static String whole(ResourceType type) {
        String sql = WHOLE.get(type);
        if (sql == null) {
            throw new IllegalArgumentException(type + " has no objects with ids of their own");
        }
        return sql;
    }

    private static Optional<ResourceFacts> row(ReadTx tx, ResourceId id, String sql) {
        return tx.query(sql)
                .bind("id", id.value())
                .map((row, context) -> facts(id.type(), row))
                .findOne();
    }

    private static ResourceFacts facts(ResourceType type, ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        UUID organization = row.getObject("organization_id", UUID.class);
        UUID owner = row.getObject("owner_id", UUID.class);
        if (row.getBoolean("dormant")) {
            return ResourceFacts.of(ResourceType.WORKSPACE_DORMANT, id, organization, owner);
        }
        AccessList acl = type == ResourceType.GROUP
                ? AccessList.ofGroup(id)
                : AccessList.parse(row.getString("user_acl"), row.getString("group_acl"));
        return new ResourceFacts(type, id, organization, owner, acl);
    }
}
