package dev.cloister.server.build;

import dev.cloister.contract.api.ProvisionerJob;
import dev.cloister.contract.api.ProvisionerJobMetadata;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Jobs of all kinds, as an organization's provisioning shows them. */
public final class ProvisionerJobRepository {
    private static final String SELECT = "SELECT " + JobRow.COLUMNS + """
            , v.name AS version_name, t.id AS template_id, t.name AS template_name,
            t.display_name AS template_display_name, t.icon AS template_icon,
            w.id AS workspace_id, w.name AS workspace_name, b.transition
            FROM provisioner_jobs j
            LEFT JOIN workspace_builds b ON b.job_id = j.id
            LEFT JOIN workspaces w ON w.id = b.workspace_id
            LEFT JOIN template_version_dry_runs y ON y.job_id = j.id
            LEFT JOIN template_versions i ON i.job_id = j.id
            LEFT JOIN template_versions v ON v.id = coalesce(b.template_version_id, y.template_version_id, i.id)
            LEFT JOIN templates t ON t.id = v.template_id
            """;

    /** Newest first. */
    List<ProvisionerJob> list(ReadTx tx, Visibility visibility, UUID organization, ProvisionerJobFilter filter) {
        var query = tx.query(SELECT + " WHERE j.organization_id = :organization AND " + visibility.sql() + filter.sql()
                + " ORDER BY j.created_at DESC, j.id LIMIT :limit");
        return filter.bind(visibility.bind(query))
                .bind("organization", organization)
                .map(ProvisionerJobRepository::job)
                .list();
    }

    static Visibility.Columns columns() {
        return new Visibility.Columns("j.id", "j.organization_id", "", "");
    }

    private static ProvisionerJob job(ResultSet row, StatementContext context) throws SQLException {
        String transition = row.getString("transition");
        return JobRow.map(
                row,
                new ProvisionerJobMetadata(
                        orEmpty(row.getString("version_name")),
                        Columns.idOrNull(row, "template_id"),
                        orEmpty(row.getString("template_name")),
                        orEmpty(row.getString("template_display_name")),
                        orEmpty(row.getString("template_icon")),
                        Columns.idOrNull(row, "workspace_id"),
                        orEmpty(row.getString("workspace_name")),
                        transition == null ? null : WorkspaceTransition.valueOf(transition.toUpperCase(Locale.ROOT))));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
