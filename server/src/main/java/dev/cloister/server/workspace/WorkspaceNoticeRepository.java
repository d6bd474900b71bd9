package dev.cloister.server.workspace;

import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.template.TemplateVersionId;

/** The names that notices call things by. It is asked by what happens, not by a request. */
final class WorkspaceNoticeRepository {
    /** @param message of the version, may be empty */
    record Version(String organization, String template, String version, String message) {}

    Version version(ReadTx tx, TemplateVersionId id) {
        return tx.query("""
                SELECT o.name AS organization, coalesce(t.name, '') AS template, v.name, v.message
                FROM template_versions v
                JOIN organizations o ON o.id = v.organization_id
                LEFT JOIN templates t ON t.id = v.template_id
                WHERE v.id = :id""")
                .bind("id", id.value())
                .map((row, context) -> new Version(
                        row.getString("organization"),
                        row.getString("template"),
                        row.getString("name"),
                        row.getString("message")))
                .one();
    }

    /** Of whoever asked for a build. */
    String username(ReadTx tx, WorkspaceBuild build) {
        return tx.query("SELECT username FROM users WHERE id = :id")
                .bind("id", build.initiatorId())
                .mapTo(String.class)
                .findOne()
                .orElse("somebody");
    }
}
