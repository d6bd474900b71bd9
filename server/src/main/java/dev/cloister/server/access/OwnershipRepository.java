package dev.cloister.server.access;

import dev.cloister.server.platform.sql.ReadTx;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads who owns a thing, for the {@link Authorizer} alone. One of the two places that may look at rows by a bare id:
 * what it returns goes into a decision and to nobody else.
 */
public final class OwnershipRepository {

    Optional<ResourceFacts> facts(ReadTx tx, ResourceId id) {
        return switch (id.part()) {
            case WHOLE -> whole(tx, id);
            case TEMPLATE_VERSION -> row(tx, id, """
                    SELECT t.id, v.organization_id, NULL::uuid AS owner_id,
                           coalesce(t.group_acl ->> (t.organization_id::text), '[]') AS everyone
                    FROM template_versions v LEFT JOIN templates t ON t.id = v.template_id
                    WHERE v.id = :id AND NOT coalesce(t.deleted, FALSE)""");
            case WORKSPACE_BUILD -> row(tx, id, """
                    SELECT w.id, w.organization_id, w.owner_id, '[]'::text AS everyone
                    FROM workspace_builds b JOIN workspaces w ON w.id = b.workspace_id WHERE b.id = :id""");
            case WORKSPACE_AGENT -> row(tx, id, """
                    SELECT w.id, w.organization_id, w.owner_id, '[]'::text AS everyone
                    FROM workspace_agents a JOIN workspaces w ON w.id = a.workspace_id WHERE a.id = :id""");
        };
    }

    private static Optional<ResourceFacts> whole(ReadTx tx, ResourceId id) {
        return switch (id.type()) {
            case WORKSPACE -> row(tx, id, """
                    SELECT id, organization_id, owner_id, '[]'::text AS everyone
                    FROM workspaces WHERE id = :id""");
            case TEMPLATE -> row(tx, id, """
                    SELECT id, organization_id, NULL::uuid AS owner_id,
                           coalesce(group_acl ->> (organization_id::text), '[]') AS everyone
                    FROM templates WHERE id = :id AND NOT deleted""");
            case USER -> row(tx, id, """
                    SELECT id, NULL::uuid AS organization_id, id AS owner_id, '[]'::text AS everyone
                    FROM users WHERE id = :id AND NOT deleted""");
            case ORGANIZATION -> row(tx, id, """
                    SELECT id, id AS organization_id, NULL::uuid AS owner_id, '[]'::text AS everyone
                    FROM organizations WHERE id = :id AND NOT deleted""");
            case FILE -> row(tx, id, """
                    SELECT id, NULL::uuid AS organization_id, created_by AS owner_id, '[]'::text AS everyone
                    FROM files WHERE id = :id""");
            case API_KEY,
                    ASSIGN_ORG_ROLE,
                    ASSIGN_ROLE,
                    AUDIT_LOG,
                    CONNECTION_LOG,
                    DEPLOYMENT_CONFIG,
                    DEPLOYMENT_STATS,
                    GROUP,
                    GROUP_MEMBER,
                    ORGANIZATION_MEMBER,
                    PROVISIONER_DAEMON,
                    PROVISIONER_JOBS ->
                throw new IllegalArgumentException(id.type() + " has no objects with ids of their own");
        };
    }

    private static Optional<ResourceFacts> row(ReadTx tx, ResourceId id, String sql) {
        return tx.query(sql)
                .bind("id", id.value())
                .map((row, context) -> new ResourceFacts(
                        id.type(),
                        row.getObject("id", UUID.class),
                        row.getObject("organization_id", UUID.class),
                        row.getObject("owner_id", UUID.class),
                        actions(row.getString("everyone"))))
                .findOne();
    }

    /** The actions of a JSON list of names such as {@code ["read","use"]}; {@code *} is all of them. */
    private static Set<Action> actions(@Nullable String json) {
        if (json == null || json.length() <= 2) {
            return Set.of();
        }
        if (json.contains("\"*\"")) {
            return EnumSet.allOf(Action.class);
        }
        return Arrays.stream(json.substring(1, json.length() - 1).split(","))
                .map(name -> name.strip().replace("\"", ""))
                .flatMap(name -> Action.parse(name).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
