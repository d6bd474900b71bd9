package dev.cloister.server.workspace;

import dev.cloister.contract.api.UserParameter;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.template.TemplateId;
import java.util.List;

/** The values that people gave parameters in their builds. */
public final class RememberedParameterRepository {
    /** The last value of each parameter in the visible workspaces of a person; not of those that are asked each time. */
    List<UserParameter> last(ReadTx tx, Permit<UserId> person, Permit<TemplateId> template, Visibility visibility) {
        var query = tx.query(
                """
                SELECT DISTINCT ON (p.name) p.name, p.value
                FROM workspace_build_parameters p
                JOIN workspace_builds b ON b.id = p.workspace_build_id
                JOIN workspaces w ON w.id = b.workspace_id
                LEFT JOIN template_version_parameters d
                    ON d.template_version_id = b.template_version_id AND d.name = p.name
                WHERE w.owner_id = :user AND w.template_id = :template
                  AND coalesce(d.definition ->> 'ephemeral', 'false') <> 'true'
                  AND """ + " " + visibility.sql() + " ORDER BY p.name, b.created_at DESC, b.build_number DESC LIMIT 1000");
        return visibility
                .bind(query)
                .bind("user", person.idFor(Action.READ_PERSONAL).value())
                .bind("template", template.idFor(Action.READ).value())
                .map((row, context) -> new UserParameter(row.getString("name"), row.getString("value")))
                .list();
    }
}
