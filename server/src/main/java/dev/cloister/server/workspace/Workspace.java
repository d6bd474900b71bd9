package dev.cloister.server.workspace;

import dev.cloister.contract.api.AutomaticUpdates;
import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.Audited.Ignored;
import dev.cloister.server.audit.Audited.Tracked;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.template.TemplateId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workspace, as stored. What state it is in follows from its latest build.
 *
 * @param autostartSchedule by which it starts, null for never
 * @param ttl after how many milliseconds a started workspace stops; absent for never
 * @param dormantAt since when it has been put to sleep, null while it is awake
 * @param deletingAt when it is deleted unless it is woken, null for never
 * @param nextStartAt when its schedule comes round next, whatever its template says of that day
 */
record Workspace(
        @Tracked WorkspaceId id,
        @Ignored UUID organizationId,
        @Tracked UUID ownerId,
        @Ignored String ownerName,
        @Tracked TemplateId templateId,
        @Tracked String name,
        @Tracked @Nullable String autostartSchedule,
        @Tracked @Nullable Long ttl,
        @Tracked AutomaticUpdates automaticUpdates,
        @Tracked @Nullable Instant dormantAt,
        @Tracked @Nullable Instant deletingAt,
        @Ignored @Nullable Instant nextStartAt,
        @Tracked boolean favorite,
        @Ignored Instant createdAt,
        @Ignored boolean deleted)
        implements Audited {

    /** What its owner chose about when it runs. */
    record Times(
            @Nullable String autostartSchedule,
            @Nullable Instant nextStartAt,
            @Nullable Long ttl) {}

    Workspace withName(String other) {
        return new Workspace(
                id,
                organizationId,
                ownerId,
                ownerName,
                templateId,
                other,
                autostartSchedule,
                ttl,
                automaticUpdates,
                dormantAt,
                deletingAt,
                nextStartAt,
                favorite,
                createdAt,
                deleted);
    }

    Workspace withTimes(Times other) {
        return new Workspace(
                id,
                organizationId,
                ownerId,
                ownerName,
                templateId,
                name,
                other.autostartSchedule(),
                other.ttl(),
                automaticUpdates,
                dormantAt,
                deletingAt,
                other.nextStartAt(),
                favorite,
                createdAt,
                deleted);
    }

    Times times() {
        return new Times(autostartSchedule, nextStartAt, ttl);
    }

    Workspace withAutomaticUpdates(AutomaticUpdates other) {
        return new Workspace(
                id,
                organizationId,
                ownerId,
                ownerName,
                templateId,
                name,
                autostartSchedule,
                ttl,
                other,
                dormantAt,
                deletingAt,
                nextStartAt,
                favorite,
                createdAt,
                deleted);
    }

    /** Put to sleep, or woken where {@code since} is null. */
    Workspace withDormancy(@Nullable Instant since, @Nullable Instant deleting) {
        return new Workspace(
                id,
                organizationId,
                ownerId,
                ownerName,
                templateId,
                name,
                autostartSchedule,
                ttl,
                automaticUpdates,
                since,
                deleting,
                nextStartAt,
                favorite,
                createdAt,
                deleted);
    }

    Workspace withFavorite(boolean other) {
        return new Workspace(
                id,
                organizationId,
                ownerId,
                ownerName,
                templateId,
                name,
                autostartSchedule,
                ttl,
                automaticUpdates,
                dormantAt,
                deletingAt,
                nextStartAt,
                other,
                createdAt,
                deleted);
    }

    @Override
    public AuditedType auditedType() {
        return AuditedType.WORKSPACE;
    }

    @Override
    public UUID auditedId() {
        return id.value();
    }

    @Override
    public String auditedName() {
        return name;
    }

    @Override
    public UUID auditedOrganization() {
        return organizationId;
    }
}
