package dev.cloister.server.template;

import dev.cloister.contract.api.CreateTemplateRequest;
import dev.cloister.contract.api.UpdateTemplateMeta;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.JobQueue;
import dev.cloister.server.organization.OrganizationId;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Topics;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Makes, changes and deletes templates. */
public final class TemplateService {
    private static final int LONGEST_MESSAGE = 8192;
    private static final int MAX_SHOWN = 50;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final TemplateRepository templates;
    private final TemplateVersionRepository versions;
    private final TemplateNotices notices;
    private final Clock clock;

    public TemplateService(
            Transactions transactions,
            Authorizer authorizer,
            TemplateRepository templates,
            TemplateVersionRepository versions,
            TemplateNotices notices,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.templates = templates;
        this.versions = versions;
        this.notices = notices;
        this.clock = clock;
    }

    /** Makes a template of an imported version. */
    dev.cloister.contract.api.Template create(
            Caller.User caller, OrganizationId organization, CreateTemplateRequest request) {
        Instant now = clock.instant();
        var template = new Template(
                new TemplateId(UUID.randomUUID()),
                organization.value(),
                request.name(),
                request.displayName(),
                request.description(),
                request.icon(),
                JobQueue.PROVISIONER,
                new TemplateVersionId(request.templateVersionId()),
                caller.subject().id(),
                Map.of(),
                request.disableEveryoneGroupAccess() ? Map.of() : Template.usableInside(organization.value()),
                "",
                SettingsRequest.of(request),
                now,
                now);
        return TemplateVersionService.takingName(() -> transactions.change(caller, tx -> {
            authorizer.require(tx, caller, Action.READ, organization);
            var permit = authorizer.requireCreate(caller, ResourceType.TEMPLATE, organization.value(), null);
            requireValid(template, SettingsRequest.problems(request));
            var ofVersion = authorizer.require(tx, caller, Action.UPDATE, template.activeVersionId());
            requireUsable(versions.get(tx, ofVersion), organization);
            templates.insert(tx, permit, template);
            versions.attach(tx, ofVersion, template.id());
            var view = templates.view(tx, authorizer.require(tx, caller, Action.READ, template.id()));
            return Changed.to(view, AuditEvent.created(template));
        }));
    }

    private static void requireUsable(TemplateVersion version, OrganizationId organization) {
        if (!version.organizationId().equals(organization.value())) {
            throw new Failure.NotFound();
        }
        if (version.templateId() != null) {
            throw new Failure.Invalid(
                    "Validation failed.", "template_version_id", "The version belongs to a template already.");
        }
        requireImported(version);
    }

    private static void requireImported(TemplateVersion version) {
        if (!version.imported()) {
            throw new Failure.Invalid(
                    "Validation failed.", "template_version_id", "The import of the version has not succeeded.");
        }
    }

    private static void requireValid(Template template, List<ValidationError> ofSettings) {
        var problems = TemplateNames.problems(
                template.name(), template.displayName(), template.description(), template.icon());
        problems.addAll(ofSettings);
        if (template.deprecated().length() > LONGEST_MESSAGE
                || template.deprecated().indexOf('\0') >= 0) {
            problems.add(new ValidationError(
                    "deprecation_message", "Must have at most " + LONGEST_MESSAGE + " characters."));
        }
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "", problems);
        }
    }

    /** Changes the settings that the request names. */
    dev.cloister.contract.api.Template update(Caller caller, TemplateId id, UpdateTemplateMeta request) {
        return TemplateVersionService.takingName(() -> transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            Template before = templates.lock(tx, permit);
            Template after = changed(before, request);
            requireValid(after, SettingsRequest.problems(request));
            templates.update(tx, permit, after);
            tx.announce(Topics.TEMPLATE_CHANGED, id.value().toString());
            var event = effects(tx, permit, request, before, after, AuditEvent.updated(before, after));
            notices.updated(tx, caller, before, after);
            return Changed.to(templates.view(tx, permit), event);
        }));
    }

    /** What a change means for the workspaces that there are. */
    private AuditEvent effects(
            WriteTx tx,
            Permit<TemplateId> permit,
            UpdateTemplateMeta request,
            Template before,
            Template after,
            AuditEvent event) {
        Instant now = clock.instant();
        var told = event;
        if (request.updateWorkspaceLastUsedAt()) {
            int touched = templates.touchWorkspaces(tx, permit, now);
            told = told.with("workspaces_last_used_now", Integer.toString(touched));
        }
        long autodelete = after.settings().timeTilDormantAutodelete();
        if (request.updateWorkspaceDormantAt()
                || autodelete != before.settings().timeTilDormantAutodelete()) {
            var dormant = templates.rescheduleDormant(
                    tx, permit, autodelete, request.updateWorkspaceDormantAt() ? Optional.of(now) : Optional.empty());
            dormant.forEach(workspace -> notices.markedForDeletion(tx, permit.caller(), after, workspace));
            told = told.with("dormant_workspaces_rescheduled", Integer.toString(dormant.size()));
        }
        return told;
    }

    private Template changed(Template before, UpdateTemplateMeta request) {
        Boolean closed = request.disableEveryoneGroupAccess();
        return new Template(
                before.id(),
                before.organizationId(),
                Objects.requireNonNullElse(request.name(), before.name()),
                Objects.requireNonNullElse(request.displayName(), before.displayName()),
                Objects.requireNonNullElse(request.description(), before.description()),
                Objects.requireNonNullElse(request.icon(), before.icon()),
                before.provisioner(),
                before.activeVersionId(),
                before.createdBy(),
                before.userAcl(),
                Boolean.TRUE.equals(closed) ? withoutEveryone(before) : before.groupAcl(),
                Objects.requireNonNullElse(request.deprecationMessage(), before.deprecated()),
                SettingsRequest.changed(before.settings(), request),
                before.createdAt(),
                clock.instant());
    }

    private static Map<UUID, List<String>> withoutEveryone(Template template) {
        var groups = new HashMap<>(template.groupAcl());
        groups.remove(template.organizationId());
        return groups;
    }

    /** Has new workspaces made of another version from now on. */
    void promote(Caller caller, TemplateId id, TemplateVersionId version) {
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            Template before = templates.lock(tx, permit);
            TemplateVersion wanted = versions.find(tx, permit, version).orElseThrow(Failure.NotFound::new);
            requireImported(wanted);
            if (wanted.archived()) {
                throw new Failure.Invalid("The version is archived. Take it back first.");
            }
            Template after = before.withActive(version, clock.instant());
            templates.update(tx, permit, after);
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }

    /**
     * Archives versions that no workspace was last built from.
     *
     * @param all whether also those whose import went well
     * @return the versions that were archived
     */
    List<UUID> archiveUnused(Caller caller, TemplateId id, boolean all) {
        return transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            Template template = templates.lock(tx, permit);
            List<UUID> archived = versions.archiveUnused(tx, permit, all, clock.instant());
            return archived.isEmpty()
                    ? Changed.unaudited(archived, Unaudited.NO_CHANGE)
                    : Changed.to(
                            archived,
                            AuditEvent.done(AuditAction.WRITE, template).with("archived_versions", shown(archived)));
        });
    }

    private static String shown(List<UUID> ids) {
        String first = ids.stream().limit(MAX_SHOWN).map(UUID::toString).collect(Collectors.joining(", "));
        return ids.size() <= MAX_SHOWN ? first : first + " and " + (ids.size() - MAX_SHOWN) + " more";
    }

    /** Deletes a template that no workspace uses any more. */
    void delete(Caller caller, TemplateId id) {
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.DELETE, id);
            Template template = templates.lock(tx, permit);
            if (templates.hasWorkspaces(tx, permit)) {
                throw new Failure.Invalid(
                        "The template still has workspaces. They must be deleted before the template can be.");
            }
            templates.delete(tx, permit, clock.instant());
            notices.deleted(tx, caller, template);
            return Changed.to(template, AuditEvent.deleted(template));
        });
    }
}
