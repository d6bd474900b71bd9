package dev.cloister.server.template;

import dev.cloister.contract.api.CreateTemplateRequest;
import dev.cloister.contract.api.UpdateTemplateMeta;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.build.JobQueue;
import dev.cloister.server.organization.OrganizationId;
import dev.cloister.server.platform.Failure;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Makes, changes and deletes templates. */
public final class TemplateService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final TemplateRepository templates;
    private final TemplateVersionRepository versions;
    private final Clock clock;

    public TemplateService(
            Transactions transactions,
            Authorizer authorizer,
            TemplateRepository templates,
            TemplateVersionRepository versions,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.templates = templates;
        this.versions = versions;
        this.clock = clock;
    }

    /** Makes a template of an imported version. */
    dev.cloister.contract.api.Template create(
            Caller.User caller, OrganizationId organization, CreateTemplateRequest request) {
        OfferedSettings.require(request);
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
                request.disableEveryoneGroupAccess() ? List.of() : Template.USE,
                "",
                Objects.requireNonNullElse(request.defaultTtlMs(), 0L),
                Objects.requireNonNullElse(request.activityBumpMs(), 0L),
                Objects.requireNonNullElse(request.allowUserCancelWorkspaceJobs(), true),
                now,
                now);
        requireValid(template);
        return TemplateVersionService.takingName(() -> transactions.change(caller, tx -> {
            authorizer.require(tx, caller, Action.READ, organization);
            var permit = authorizer.requireCreate(caller, ResourceType.TEMPLATE, organization.value(), null);
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

    private static void requireValid(Template template) {
        var problems = TemplateNames.problems(
                template.name(), template.displayName(), template.description(), template.icon());
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "", problems);
        }
        if (template.deprecated().length() > 8192) {
            throw new Failure.Invalid("Validation failed.", "deprecation_message", "Must not be longer than 8192.");
        }
        if (template.defaultTtl() < 0 || template.activityBump() < 0) {
            throw new Failure.Invalid("Validation failed.", "default_ttl_ms", "Must not be negative.");
        }
    }

    /** Changes the settings that the request names. */
    dev.cloister.contract.api.Template update(Caller caller, TemplateId id, UpdateTemplateMeta request) {
        OfferedSettings.require(request);
        return TemplateVersionService.takingName(() -> transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            Template before = templates.lock(tx, permit);
            Template after = changed(before, request);
            requireValid(after);
            templates.update(tx, permit, after);
            return Changed.to(templates.view(tx, permit), AuditEvent.updated(before, after));
        }));
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
                Boolean.TRUE.equals(closed) ? List.of() : before.everyone(),
                Objects.requireNonNullElse(request.deprecationMessage(), before.deprecated()),
                Objects.requireNonNullElse(request.defaultTtlMs(), before.defaultTtl()),
                Objects.requireNonNullElse(request.activityBumpMs(), before.activityBump()),
                Objects.requireNonNullElse(
                        request.allowUserCancelWorkspaceJobs(), before.allowUserCancelWorkspaceJobs()),
                before.createdAt(),
                clock.instant());
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
            return Changed.to(template, AuditEvent.deleted(template));
        });
    }
}
