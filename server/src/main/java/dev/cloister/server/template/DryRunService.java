package dev.cloister.server.template;

import dev.cloister.contract.api.CreateTemplateVersionDryRunRequest;
import dev.cloister.contract.api.MatchedProvisioners;
import dev.cloister.contract.api.ProvisionerJob;
import dev.cloister.contract.api.ProvisionerJobLog;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.contract.api.WorkspaceBuildParameter;
import dev.cloister.contract.api.WorkspaceResource;
import dev.cloister.provisioner.workspacefile.ParameterValues;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.build.JobId;
import dev.cloister.server.build.JobType;
import dev.cloister.server.build.Jobs;
import dev.cloister.server.build.NewJob;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.Push;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Dry runs of versions: for who may see the version and create workspaces. A dry run belongs to who asked for it, and is
 * shown to nobody else but the template's authors, because the answers in it are that person's.
 */
final class DryRunService {
    private static final int MAX_CHOSEN = 500;
    /** Of one person: dry runs wait in the same queue as everybody's builds. */
    private static final int MAX_UNFINISHED = 5;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final TemplateVersionRepository versions;
    private final DryRunRepository dryRuns;
    private final Jobs jobs;

    DryRunService(
            Transactions transactions,
            Authorizer authorizer,
            TemplateVersionRepository versions,
            DryRunRepository dryRuns,
            Jobs jobs) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.versions = versions;
        this.dryRuns = dryRuns;
        this.jobs = jobs;
    }

    ProvisionerJob create(Caller.User caller, TemplateVersionId id, CreateTemplateVersionDryRunRequest request) {
        return transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.READ, id);
            TemplateVersion version = versions.get(tx, permit);
            UUID me = caller.subject().id();
            authorizer.requireCreate(caller, ResourceType.WORKSPACE, version.organizationId(), me);
            if (!version.imported()) {
                throw new Failure.PreconditionFailed("The import of this template version has not succeeded.");
            }
            GivenVariables.require(request.userVariableValues());
            if (dryRuns.unfinished(tx, caller) >= MAX_UNFINISHED) {
                throw new Failure.TooMany("You have too many dry runs that are not over yet.", Duration.ofSeconds(10));
            }
            var job = new NewJob(
                    new JobId(UUID.randomUUID()),
                    version.organizationId(),
                    me,
                    JobType.TEMPLATE_VERSION_DRY_RUN,
                    versions.file(tx, id).value(),
                    Map.of(
                            "template_version_id",
                            id.value(),
                            DryRunWork.PARAMETERS,
                            chosen(tx, permit, request.richParameterValues()),
                            DryRunWork.VARIABLES,
                            GivenVariables.over(Map.of(), request.userVariableValues())));
            jobs.queue().add(tx, job);
            dryRuns.insert(tx, permit, job.id());
            return Changed.to(
                    dryRuns.view(tx, permit, job.id()).orElseThrow(),
                    AuditEvent.done(AuditAction.WRITE, version).with("job", "dry run"));
        });
    }

    private Map<String, String> chosen(
            ReadTx tx, Permit<TemplateVersionId> permit, List<WorkspaceBuildParameter> values) {
        if (values.size() > MAX_CHOSEN) {
            throw new Failure.Invalid("Validation failed.", "rich_parameter_values", "Are too many.");
        }
        var chosen = new LinkedHashMap<String, String>();
        values.forEach(value -> chosen.put(value.name(), value.value()));
        List<ValidationError> problems =
                ParameterValues.problems(versions.parameters(tx, permit), chosen).entrySet().stream()
                        .map(problem -> new ValidationError(problem.getKey(), problem.getValue()))
                        .toList();
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("The parameters are not valid.", "", problems);
        }
        return chosen;
    }

    /** A permit on the version and the job, for who asked for it and for the template's authors. */
    private record Found(Permit<TemplateVersionId> permit, ProvisionerJob job) {}

    private Found find(ReadTx tx, Caller caller, TemplateVersionId id, JobId job) {
        var permit = authorizer.require(tx, caller, Action.READ, id);
        boolean author = authorizer.check(tx, caller, Action.UPDATE, id).isPresent();
        return dryRuns.view(tx, permit, job)
                .filter(found -> author
                        || caller instanceof Caller.User user
                                && found.initiatorId().equals(user.subject().id()))
                .map(found -> new Found(permit, found))
                .orElseThrow(Failure.NotFound::new);
    }

    ProvisionerJob get(Caller caller, TemplateVersionId id, JobId job) {
        return transactions.read(tx -> find(tx, caller, id, job).job());
    }

    List<WorkspaceResource> resources(Caller caller, TemplateVersionId id, JobId job) {
        return transactions.read(tx -> {
            var found = find(tx, caller, id, job);
            if (found.job().completedAt() == null) {
                throw new Failure.PreconditionFailed("The dry run is not over yet.");
            }
            var version = versions.get(tx, found.permit());
            return PlannedResources.of(version, dryRuns.resources(tx, found.permit(), job));
        });
    }

    MatchedProvisioners matched(Caller caller, TemplateVersionId id, JobId job) {
        return transactions.read(tx -> {
            find(tx, caller, id, job);
            return jobs.daemons().matched(tx);
        });
    }

    List<ProvisionerJobLog> log(Caller caller, TemplateVersionId id, JobId job, long after, long before) {
        return transactions.read(tx -> {
            find(tx, caller, id, job);
            return jobs.logs().between(tx, job, after, before);
        });
    }

    /** The log as it grows; who may see it is decided before the first line is sent. */
    Push.Source follow(Caller caller, TemplateVersionId id, JobId job, long after) {
        get(caller, id, job);
        return push -> jobs.logs().follow(job, after, push);
    }

    void cancel(Caller caller, TemplateVersionId id, JobId job) {
        transactions.change(caller, tx -> {
            var found = find(tx, caller, id, job);
            TemplateVersion version = versions.get(tx, found.permit());
            jobs.queue().cancel(tx, job, Optional.empty());
            return Changed.to(
                    version,
                    AuditEvent.done(AuditAction.WRITE, version)
                            .with("job", "dry run")
                            .with("outcome", "cancellation requested"));
        });
    }
}
