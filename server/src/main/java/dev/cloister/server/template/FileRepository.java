package dev.cloister.server.template;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.CreatePermit;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.LeasedJob;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of uploaded archives. A person's archive with the same content is stored once. */
public final class FileRepository {

    Optional<FileId> find(ReadTx tx, CreatePermit permit, byte[] hash) {
        return tx.query("SELECT id FROM files WHERE hash = :hash AND created_by = :owner")
                .bind("hash", hash)
                .bind("owner", permit.of(ResourceType.FILE).owner())
                .mapTo(UUID.class)
                .findOne()
                .map(FileId::new);
    }

    /** Stores an archive; false where the same person has just stored the same content. */
    boolean insert(WriteTx tx, CreatePermit permit, FileId id, byte[] hash, StoredFile file, Instant now) {
        return tx.update("""
                INSERT INTO files (id, hash, created_by, media_type, data, created_at)
                VALUES (:id, :hash, :owner, :type, :data, :now)
                ON CONFLICT (hash, created_by) DO NOTHING""")
                        .bind("id", id.value())
                        .bind("hash", hash)
                        .bind("owner", permit.of(ResourceType.FILE).owner())
                        .bind("type", file.mediaType())
                        .bind("data", file.data())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** Counts an archive as uploaded just now, because somebody is about to make something of it. */
    void keep(WriteTx tx, CreatePermit permit, FileId id, Instant now) {
        tx.update("UPDATE files SET created_at = :now WHERE id = :id AND created_by = :owner")
                .bind("id", id.value())
                .bind("owner", permit.of(ResourceType.FILE).owner())
                .bind("now", now)
                .execute();
    }

    /** Drops a person's archives from before a moment that no job ever worked on. */
    void dropUnused(WriteTx tx, CreatePermit permit, Instant before) {
        tx.update("""
                DELETE FROM files f WHERE f.created_by = :owner AND f.created_at < :before
                    AND NOT EXISTS (SELECT 1 FROM provisioner_jobs j WHERE j.file_id = f.id)""")
                .bind("owner", permit.of(ResourceType.FILE).owner())
                .bind("before", before)
                .execute();
    }

    /** How many bytes of a person's archives no job ever worked on. */
    long unusedBytes(ReadTx tx, CreatePermit permit) {
        return tx.query("""
                SELECT coalesce(sum(length(f.data)), 0) FROM files f WHERE f.created_by = :owner
                    AND NOT EXISTS (SELECT 1 FROM provisioner_jobs j WHERE j.file_id = f.id)""")
                .bind("owner", permit.of(ResourceType.FILE).owner())
                .mapTo(Long.class)
                .one();
    }

    StoredFile get(ReadTx tx, Permit<FileId> permit) {
        return get(tx, permit.idFor(Action.READ).value());
    }

    /** The archive that a job works on. */
    StoredFile get(ReadTx tx, LeasedJob job) {
        return get(tx, job.file());
    }

    /** The archive of a version of a template that the caller may change. */
    Optional<StoredFile> getAs(ReadTx tx, Permit<TemplateId> permit, FileId id) {
        return tx.query("""
                SELECT f.media_type, f.data FROM files f
                WHERE f.id = :id AND EXISTS (
                    SELECT 1 FROM template_versions v JOIN provisioner_jobs j ON j.id = v.job_id
                    WHERE v.template_id = :template AND j.file_id = f.id)""")
                .bind("id", id.value())
                .bind("template", permit.idFor(Action.UPDATE).value())
                .map((row, context) -> new StoredFile(row.getString("media_type"), row.getBytes("data")))
                .findOne();
    }

    /** The templates with a version made of an archive: facts for the decision who may see it. */
    List<TemplateId> templatesOf(ReadTx tx, FileId id) {
        return tx.query("""
                SELECT DISTINCT v.template_id FROM provisioner_jobs j JOIN template_versions v ON v.job_id = j.id
                WHERE j.file_id = :id AND v.template_id IS NOT NULL LIMIT 100""")
                .bind("id", id.value())
                .mapTo(UUID.class)
                .map(TemplateId::new)
                .list();
    }

    private static StoredFile get(ReadTx tx, UUID id) {
        return tx.query("SELECT media_type, data FROM files WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> new StoredFile(row.getString("media_type"), row.getBytes("data")))
                .one();
    }
}
