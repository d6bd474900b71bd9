package dev.cloister.server.template;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.provisioner.TemplatePreset;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.LeasedJob;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/** The variables and presets of versions. */
final class VersionContentsRepository {
    void storePresets(WriteTx tx, TemplateVersion version, List<TemplatePreset> presets) {
        var batch = tx.batch("""
                INSERT INTO template_version_presets (id, template_version_id, position, definition)
                VALUES (:id, :version, :position, :definition::jsonb)""");
        int position = 0;
        for (TemplatePreset preset : presets) {
            batch.bind("id", UUID.randomUUID())
                    .bind("version", version.id().value())
                    .bind("position", position++)
                    .bind("definition", ApiJson.mapper().writeValueAsString(preset))
                    .add();
        }
        if (!presets.isEmpty()) {
            batch.execute();
        }
    }

    /** The presets of a permitted version, by their ids, in their order. */
    SequencedMap<UUID, TemplatePreset> presets(ReadTx tx, Permit<TemplateVersionId> permit) {
        return presets(tx, permit.idFor(permit.action()));
    }

    /** The presets of a version that the caller's service has reached from a permitted row. */
    SequencedMap<UUID, TemplatePreset> presets(ReadTx tx, TemplateVersionId version) {
        var presets = new LinkedHashMap<UUID, TemplatePreset>();
        tx.query("""
                SELECT id, definition::text AS definition FROM template_version_presets
                WHERE template_version_id = :version ORDER BY position""")
                .bind("version", version.value())
                .map((row, context) -> Map.entry(
                        Columns.id(row, "id"),
                        ApiJson.mapper().readValue(row.getString("definition"), TemplatePreset.class)))
                .forEach(preset -> presets.put(preset.getKey(), preset.getValue()));
        return presets;
    }

    /** What the importer of a new version gives its variables. */
    void insertVariables(WriteTx tx, TemplateVersion version, Map<String, String> values) {
        values.forEach((name, value) -> tx.update("""
                        INSERT INTO template_version_variables (template_version_id, name, value)
                        VALUES (:version, :name, :value)""")
                .bind("version", version.id().value())
                .bind("name", name)
                .bind("value", value)
                .execute());
    }

    /** What the importer gave. */
    Map<String, String> variables(ReadTx tx, Permit<TemplateVersionId> permit) {
        return variables(tx, permit.idFor(permit.action()));
    }

    /** What was given to the active version of a template that the caller may change. */
    Map<String, String> variablesInUse(ReadTx tx, Permit<TemplateId> permit) {
        return pairs(tx.query("""
                SELECT v.name, v.value FROM template_version_variables v
                JOIN templates t ON t.active_version_id = v.template_version_id WHERE t.id = :id""").bind("id", permit.idFor(Action.UPDATE).value()));
    }

    /** The values of the variables of the version that a job works on. */
    Map<String, String> variables(ReadTx tx, LeasedJob job) {
        return pairs(tx.query("""
                SELECT name, value FROM template_version_variables WHERE template_version_id = coalesce(
                    (SELECT id FROM template_versions WHERE job_id = :job),
                    (SELECT template_version_id FROM workspace_builds WHERE job_id = :job),
                    (SELECT template_version_id FROM template_version_dry_runs WHERE job_id = :job))""").bind("job", job.id().value()));
    }

    private static Map<String, String> variables(ReadTx tx, TemplateVersionId version) {
        return pairs(tx.query("SELECT name, value FROM template_version_variables WHERE template_version_id = :version")
                .bind("version", version.value()));
    }

    private static Map<String, String> pairs(Query query) {
        var pairs = new LinkedHashMap<String, String>();
        query.map((row, context) -> Map.entry(row.getString("name"), row.getString("value")))
                .forEach(pair -> pairs.put(pair.getKey(), pair.getValue()));
        return pairs;
    }
}
