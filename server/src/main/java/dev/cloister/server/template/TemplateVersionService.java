package dev.cloister.server.template;

import dev.cloister.contract.api.CreateTemplateVersionRequest;
import dev.cloister.contract.api.PatchTemplateVersionRequest;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.JobId;
import dev.cloister.server.build.JobQueue;
import dev.cloister.server.build.JobType;
import dev.cloister.server.build.Jobs;
import dev.cloister.server.build.NewJob;
import dev.cloister.server.build.ProvisionerDaemonRepository;
import dev.cloister.server.organization.OrganizationId;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.SqlStates;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Makes versions and changes what can be changed of them. */
public final class TemplateVersionService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final TemplateVersionRepository versions;
    private final FileService files;
    private final StarterCatalogue starters;
    private final JobQueue queue;
    private final ProvisionerDaemonRepository daemons;
    private final Clock clock;

    public TemplateVersionService(
            Transactions transactions,
            Authorizer authorizer,
            TemplateVersionRepository versions,
            FileService files,
            StarterCatalogue starters,
            Jobs jobs,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.versions = versions;
        this.files = files;
        this.starters = starters;
        this.queue = jobs.queue();
        this.daemons = jobs.daemons();
        this.clock = clock;
    }

    /** Makes a version of an uploaded archive or of an example, and has it imported. */
    dev.cloister.contract.api.TemplateVersion create(
            Caller.User caller, OrganizationId organization, CreateTemplateVersionRequest request) {
        requireOffered(request);
        String name = request.name().isEmpty() ? TemplateNames.random() : request.name();
        TemplateNames.versionProblem(name).ifPresent(problem -> invalid("name", problem));
        TemplateNames.messageProblem(request.message()).ifPresent(problem -> invalid("message", problem));
        return takingName(() -> transactions.change(caller, tx -> {
            authorizer.require(tx, caller, Action.READ, organization);
            FileId file = archive(tx, caller, request);
            var version = new TemplateVersion(
                    new TemplateVersionId(UUID.randomUUID()),
                    request.templateId() == null ? null : new TemplateId(request.templateId()),
                    organization.value(),
                    name,
                    request.message(),
                    "",
                    new JobId(UUID.randomUUID()),
                    caller.subject().id(),
                    false,
                    request.exampleId(),
                    false,
                    clock.instant());
            queue.add(tx, job(version, file, caller.subject().id()));
            Map<String, String> inherited = insert(tx, caller, organization, version);
            versions.contents()
                    .insertVariables(tx, version, GivenVariables.over(inherited, request.userVariableValues()));
            var view = versions.view(tx, authorizer.require(tx, caller, Action.READ, version.id()));
            return Changed.to(TemplateVersionViews.withProvisioners(tx, view, daemons), AuditEvent.created(version));
        }));
    }

    static NewJob job(TemplateVersion version, FileId file, UUID initiator) {
        return new NewJob(
                version.jobId(),
                version.organizationId(),
                initiator,
                JobType.TEMPLATE_VERSION_IMPORT,
                file.value(),
                Map.of("template_version_id", version.id().value()));
    }

    /** Returns what the template's active version was given, which holds on unless the importer says otherwise. */
    private Map<String, String> insert(
            WriteTx tx, Caller caller, OrganizationId organization, TemplateVersion version) {
        TemplateId template = version.templateId();
        if (template == null) {
            versions.insert(
                    tx, authorizer.requireCreate(caller, ResourceType.TEMPLATE, organization.value(), null), version);
            return Map.of();
        }
        var permit = authorizer.require(tx, caller, Action.UPDATE, template);
        if (!organization.value().equals(permit.facts().organization())) {
            throw new Failure.NotFound();
        }
        versions.insertInto(tx, permit, version);
        return versions.contents().variablesInUse(tx, permit);
    }

    private FileId archive(WriteTx tx, Caller.User caller, CreateTemplateVersionRequest request) {
        UUID file = request.fileId();
        if (file != null) {
            return authorizer.require(tx, caller, Action.READ, new FileId(file)).idFor(Action.READ);
        }
        byte[] tar = starters.tar(request.exampleId()).orElseThrow(Failure.NotFound::new);
        return files.storeWithin(tx, caller, caller.subject().id(), tar);
    }

    private static void requireOffered(CreateTemplateVersionRequest request) {
        if ((request.fileId() == null) == request.exampleId().isEmpty()) {
            invalid("file_id", "Name either an uploaded file or an example.");
        }
        GivenVariables.require(request.userVariableValues());
        var tags = request.tags().entrySet().stream()
                .filter(tag -> !Set.of("scope", "owner").contains(tag.getKey())
                        && !tag.getValue().isEmpty())
                .toList();
        if (!tags.isEmpty()) {
            invalid("tags", "No provisioner of this server has tags.");
        }
    }

    private static void invalid(String field, String problem) {
        throw new Failure.Invalid("Validation failed.", field, problem);
    }

    static <T> T takingName(Supplier<T> change) {
        try {
            return change.get();
        } catch (RuntimeException e) {
            if (SqlStates.isUniqueViolation(e)) {
                throw new Failure.Conflict(
                        "The name is taken. Choose another.",
                        List.of(new ValidationError("name", "This value is already in use and should be unique.")));
            }
            throw e;
        }
    }

    dev.cloister.contract.api.TemplateVersion rename(
            Caller caller, TemplateVersionId id, PatchTemplateVersionRequest request) {
        if (!request.name().isEmpty()) {
            TemplateNames.versionProblem(request.name()).ifPresent(problem -> invalid("name", problem));
        }
        String message = request.message();
        if (message != null) {
            TemplateNames.messageProblem(message).ifPresent(problem -> invalid("message", problem));
        }
        return change(
                caller,
                id,
                before -> with(
                        before,
                        request.name().isEmpty() ? before.name() : request.name(),
                        message == null ? before.message() : message,
                        before.archived()));
    }

    /** Archives a version, or takes it back; the active version of a template is never archived. */
    void archive(Caller caller, TemplateVersionId id, boolean archived) {
        change(caller, id, before -> with(before, before.name(), before.message(), archived));
    }

    private dev.cloister.contract.api.TemplateVersion change(
            Caller caller, TemplateVersionId id, UnaryOperator<TemplateVersion> change) {
        return takingName(() -> transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            TemplateVersion before = versions.get(tx, permit);
            TemplateVersion after = change.apply(before);
            if (after.archived() && versions.isActive(tx, permit)) {
                throw new Failure.Invalid(
                        "The active version of a template cannot be archived. Promote another first.");
            }
            versions.update(tx, permit, after, clock.instant());
            return Changed.to(versions.view(tx, permit), AuditEvent.updated(before, after));
        }));
    }

    private static TemplateVersion with(TemplateVersion of, String name, String message, boolean archived) {
        return new TemplateVersion(
                of.id(),
                of.templateId(),
                of.organizationId(),
                name,
                message,
                of.readme(),
                of.jobId(),
                of.createdBy(),
                archived,
                of.sourceExampleId(),
                of.imported(),
                of.createdAt());
    }

    /** Stops the import. */
    void cancel(Caller caller, TemplateVersionId id) {
        transactions.change(caller, tx -> {
            TemplateVersion version = versions.get(tx, authorizer.require(tx, caller, Action.UPDATE, id));
            queue.cancel(tx, version.jobId(), Optional.empty());
            return Changed.to(
                    version, AuditEvent.done(AuditAction.WRITE, version).with("outcome", "cancellation requested"));
        });
    }
}
