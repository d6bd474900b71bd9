package dev.cloister.server.template;

import dev.cloister.contract.api.MinimalUser;
import dev.cloister.contract.api.ProvisionerJobMetadata;
import dev.cloister.contract.api.TemplateVersion;
import dev.cloister.server.build.JobRow;
import dev.cloister.server.platform.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A version as the API shows it. */
final class TemplateVersionRow {
    static final String SELECT = """
            SELECT v.id, v.template_id, v.organization_id, v.name, v.message, v.readme, v.archived, v.created_at,
                   v.updated_at, v.created_by, u.username, u.name AS user_name, u.avatar_url,
                   t.name AS template_name, t.display_name AS template_display_name, t.icon AS template_icon,
            """ + JobRow.COLUMNS + """

            FROM template_versions v
            JOIN provisioner_jobs j ON j.id = v.job_id
            JOIN users u ON u.id = v.created_by
            LEFT JOIN templates t ON t.id = v.template_id
            """;

    private TemplateVersionRow() {}

    static TemplateVersion map(ResultSet row, StatementContext context) throws SQLException {
        var metadata = new ProvisionerJobMetadata(
                row.getString("name"),
                Columns.idOrNull(row, "template_id"),
                orEmpty(row.getString("template_name")),
                orEmpty(row.getString("template_display_name")),
                orEmpty(row.getString("template_icon")),
                null,
                "",
                null);
        return new TemplateVersion(
                Columns.id(row, "id"),
                Columns.idOrNull(row, "template_id"),
                Columns.id(row, "organization_id"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                row.getString("name"),
                row.getString("message"),
                JobRow.map(row, metadata),
                row.getString("readme"),
                new MinimalUser(
                        Columns.id(row, "created_by"),
                        row.getString("username"),
                        row.getString("user_name"),
                        row.getString("avatar_url")),
                row.getBoolean("archived"),
                List.of(),
                null,
                false);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
