package dev.cloister.server.template;

import dev.cloister.contract.api.Preset;
import dev.cloister.contract.api.PresetParameter;
import dev.cloister.contract.api.ProvisionerJobLog;
import dev.cloister.contract.api.ProvisionerJobStatus;
import dev.cloister.contract.api.TemplateVersion;
import dev.cloister.contract.api.TemplateVersionParameter;
import dev.cloister.contract.api.TemplateVersionVariable;
import dev.cloister.contract.api.WorkspaceResource;
import dev.cloister.provisioner.TemplatePlan;
import dev.cloister.provisioner.TemplatePreset;
import dev.cloister.provisioner.TemplateVariable;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.build.JobId;
import dev.cloister.server.build.JobLogs;
import dev.cloister.server.build.Jobs;
import dev.cloister.server.build.ProvisionerDaemonRepository;
import dev.cloister.server.platform.Push;
import dev.cloister.server.platform.sql.ReadTx;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** One version as the API shows it: itself, its log, its parameters and what it would make. */
public final class TemplateVersionViews {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final TemplateVersionRepository versions;
    private final JobLogs logs;
    private final ProvisionerDaemonRepository daemons;

    public TemplateVersionViews(
            Transactions transactions, Authorizer authorizer, TemplateVersionRepository versions, Jobs jobs) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.versions = versions;
        this.logs = jobs.logs();
        this.daemons = jobs.daemons();
    }

    TemplateVersion get(Caller caller, TemplateVersionId id) {
        return transactions.read(tx ->
                withProvisioners(tx, versions.view(tx, authorizer.require(tx, caller, Action.READ, id)), daemons));
    }

    /** While an import waits, with how many provisioners could do it. */
    static TemplateVersion withProvisioners(ReadTx tx, TemplateVersion version, ProvisionerDaemonRepository daemons) {
        if (version.job().status() != ProvisionerJobStatus.PENDING) {
            return version;
        }
        return new TemplateVersion(
                version.id(),
                version.templateId(),
                version.organizationId(),
                version.createdAt(),
                version.updatedAt(),
                version.name(),
                version.message(),
                version.job(),
                version.readme(),
                version.createdBy(),
                version.archived(),
                version.warnings(),
                daemons.matched(tx),
                version.hasExternalAgent());
    }

    List<TemplateVersionParameter> parameters(Caller caller, TemplateVersionId id) {
        return transactions.read(tx -> versions.parameters(tx, authorizer.require(tx, caller, Action.READ, id)).stream()
                .map(ParameterViews::of)
                .toList());
    }

    List<WorkspaceResource> resources(Caller caller, TemplateVersionId id) {
        return transactions.read(tx -> {
            var permit = authorizer.require(tx, caller, Action.READ, id);
            var version = versions.get(tx, permit);
            return versions.plan(tx, permit)
                    .map(plan -> PlannedResources.of(version, plan.resources()))
                    .orElse(List.of());
        });
    }

    List<TemplateVersionVariable> variables(Caller caller, TemplateVersionId id) {
        return transactions.read(tx -> {
            var permit = authorizer.require(tx, caller, Action.READ, id);
            Map<String, String> given = versions.contents().variables(tx, permit);
            return versions.plan(tx, permit).map(TemplatePlan::variables).orElse(List.of()).stream()
                    .map(variable -> variable(variable, given))
                    .toList();
        });
    }

    private static TemplateVersionVariable variable(TemplateVariable variable, Map<String, String> given) {
        String otherwise = Objects.requireNonNullElse(variable.defaultValue(), "");
        return new TemplateVersionVariable(
                variable.name(),
                variable.description(),
                variable.type(),
                variable.sensitive() ? "" : given.getOrDefault(variable.name(), otherwise),
                variable.sensitive() ? "" : otherwise,
                variable.mustBeGiven(),
                variable.sensitive());
    }

    List<Preset> presets(Caller caller, TemplateVersionId id) {
        return transactions.read(tx ->
                versions.contents().presets(tx, authorizer.require(tx, caller, Action.READ, id)).entrySet().stream()
                        .map(entry -> preset(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static Preset preset(UUID id, TemplatePreset preset) {
        return new Preset(
                id,
                preset.name(),
                preset.parameters().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(value -> new PresetParameter(value.getKey(), value.getValue()))
                        .toList(),
                preset.preferred(),
                null,
                preset.description(),
                preset.icon());
    }

    /** Something that every version answers with an empty list here, for who may see the version. */
    List<Object> nothing(Caller caller, TemplateVersionId id) {
        return transactions.read(tx -> {
            authorizer.require(tx, caller, Action.READ, id);
            return List.of();
        });
    }

    List<ProvisionerJobLog> log(Caller caller, TemplateVersionId id, long after, long before) {
        return transactions.read(tx -> {
            var version = versions.get(tx, authorizer.require(tx, caller, Action.READ, id));
            return logs.between(tx, version.jobId(), after, before);
        });
    }

    /** The log as it grows, for a caller who may see it; decided before the first line is sent. */
    Push.Source follow(Caller caller, TemplateVersionId id, long after) {
        JobId job = transactions.read(tx -> versions.get(tx, authorizer.require(tx, caller, Action.READ, id))
                .jobId());
        return push -> follow(job, after, push);
    }

    private void follow(JobId job, long after, Push push) throws IOException, InterruptedException {
        logs.follow(job, after, push);
    }
}
