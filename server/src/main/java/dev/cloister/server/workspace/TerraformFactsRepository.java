package dev.cloister.server.workspace;

import dev.cloister.contract.Secret;
import dev.cloister.provisioner.terraform.provider.BuildFacts;
import dev.cloister.server.build.LeasedJob;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a template may ask about the workspace that a job builds. None of it is a credential: the owner's session, their
 * private key and what outside services know them by are not given to templates.
 */
final class TerraformFactsRepository {
    private static final Secret NONE = Secret.of("");

    BuildFacts.Owner owner(ReadTx tx, LeasedJob job) {
        return tx.query("""
                SELECT u.id, u.username, u.name, u.email, u.login_type, u.rbac_roles, w.organization_id,
                    coalesce(m.roles, '{}') AS member_roles,
                    coalesce((SELECT public_key FROM git_ssh_keys k WHERE k.user_id = u.id), '') AS public_key,
                    coalesce((SELECT array_agg(g.name ORDER BY g.name)
                        FROM group_members gm JOIN groups g ON g.id = gm.group_id
                        WHERE gm.user_id = u.id AND g.organization_id = w.organization_id), '{}') AS groups
                FROM workspace_builds b
                JOIN workspaces w ON w.id = b.workspace_id
                JOIN users u ON u.id = w.owner_id
                LEFT JOIN organization_members m ON m.user_id = u.id AND m.organization_id = w.organization_id
                WHERE b.job_id = :job""")
                .bind("job", job.id().value())
                .map((row, context) -> owner(row))
                .one();
    }

    private static BuildFacts.Owner owner(ResultSet row) throws SQLException {
        var roles = new ArrayList<BuildFacts.Role>();
        texts(row, "rbac_roles").forEach(name -> roles.add(new BuildFacts.Role(name, "")));
        String organization = Columns.id(row, "organization_id").toString();
        texts(row, "member_roles").forEach(name -> roles.add(new BuildFacts.Role(name, organization)));
        return new BuildFacts.Owner(
                Columns.id(row, "id"),
                row.getString("username"),
                row.getString("name"),
                row.getString("email"),
                texts(row, "groups"),
                roles,
                row.getString("login_type"),
                row.getString("public_key"),
                NONE,
                NONE,
                NONE);
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }

    BuildFacts.Template template(ReadTx tx, LeasedJob job) {
        return tx.query("""
                SELECT t.id, t.name, v.name AS version
                FROM workspace_builds b
                JOIN template_versions v ON v.id = b.template_version_id
                JOIN workspaces w ON w.id = b.workspace_id
                JOIN templates t ON t.id = w.template_id
                WHERE b.job_id = :job""")
                .bind("job", job.id().value())
                .map((row, context) -> new BuildFacts.Template(
                        Columns.id(row, "id").toString(), row.getString("name"), row.getString("version")))
                .one();
    }

    /** The values that the build before had, by parameter name. */
    Map<String, String> before(ReadTx tx, LeasedJob job) {
        var values = new LinkedHashMap<String, String>();
        tx.query("""
                SELECT p.name, p.value
                FROM workspace_builds b
                JOIN workspace_builds earlier
                    ON earlier.workspace_id = b.workspace_id AND earlier.build_number = b.build_number - 1
                JOIN workspace_build_parameters p ON p.workspace_build_id = earlier.id
                WHERE b.job_id = :job""")
                .bind("job", job.id().value())
                .map((row, context) -> Map.entry(row.getString("name"), row.getString("value")))
                .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }
}
