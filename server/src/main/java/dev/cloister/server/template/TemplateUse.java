package dev.cloister.server.template;

import dev.cloister.contract.api.WorkspaceBuildParameter;
import dev.cloister.provisioner.TemplatePreset;
import dev.cloister.provisioner.TemplateSource;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.build.JobFailedException;
import dev.cloister.server.build.LeasedJob;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What workspaces need of templates. */
public final class TemplateUse {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final TemplateRepository templates;
    private final TemplateVersionRepository versions;
    private final FileRepository files;

    public TemplateUse(
            Transactions transactions,
            Authorizer authorizer,
            TemplateRepository templates,
            TemplateVersionRepository versions,
            FileRepository files) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.templates = templates;
        this.versions = versions;
        this.files = files;
    }

    /**
     * The version that a caller wants to build from: the one named, or the template's active one. The template stays as
     * it is until the transaction ends, so that it cannot be deleted meanwhile.
     *
     * @throws Failure.NotFound where the caller may not see it
     * @throws Failure.Forbidden where the caller may not use it
     * @throws Failure.Invalid where it cannot be built from
     */
    public UsableVersion choose(ReadTx tx, Caller caller, TemplateId id, Optional<TemplateVersionId> wanted) {
        var permit = authorizer.require(tx, caller, Action.USE, id);
        Template template = templates.hold(tx, permit);
        TemplateVersion version = versions.find(tx, permit, wanted.orElse(template.activeVersionId()))
                .orElseThrow(Failure.NotFound::new);
        if (!version.imported()) {
            throw new Failure.Invalid("The import of this template version has not succeeded.");
        }
        if (version.archived()) {
            throw new Failure.Invalid("This template version is archived. Choose another.");
        }
        return usable(tx, template, version.id());
    }

    /** A template whose permitted workspace the caller's service has reached. */
    public Template template(ReadTx tx, TemplateVersionId version) {
        return templates.ofVersion(tx, version);
    }

    /** The template that a version belongs to, for a caller who may see it. */
    public TemplateId templateOf(ReadTx tx, Caller caller, TemplateVersionId id) {
        TemplateId template = versions.get(tx, authorizer.require(tx, caller, Action.READ, id))
                .templateId();
        if (template == null) {
            throw new Failure.NotFound();
        }
        return template;
    }

    /** Whether the caller may change the template: its author's rights. */
    public boolean mayChange(ReadTx tx, Caller caller, TemplateId id) {
        return authorizer.check(tx, caller, Action.UPDATE, id).isPresent();
    }

    /** The version that a workspace has already; the caller's right to it is the one to the workspace. */
    public UsableVersion kept(ReadTx tx, TemplateVersionId version) {
        return usable(tx, templates.ofVersion(tx, version), version);
    }

    private UsableVersion usable(ReadTx tx, Template template, TemplateVersionId version) {
        return new UsableVersion(
                template.id(),
                template.organizationId(),
                version,
                versions.file(tx, version),
                versions.parameters(tx, version),
                template.deprecated(),
                template.settings());
    }

    /** The answers that a preset of a usable version stands for; empty for a preset of another version. */
    public Optional<TemplatePreset> preset(ReadTx tx, UsableVersion version, UUID preset) {
        return Optional.ofNullable(
                versions.contents().presets(tx, version.version()).get(preset));
    }

    /**
     * What was chosen, with the answers of a preset in place of those to the same questions.
     *
     * @param preset null for none
     * @throws Failure.Invalid where the version has no such preset
     */
    public List<WorkspaceBuildParameter> withPreset(
            ReadTx tx, UsableVersion version, @Nullable UUID preset, List<WorkspaceBuildParameter> chosen) {
        if (preset == null) {
            return chosen;
        }
        Map<String, String> answers = preset(tx, version, preset)
                .orElseThrow(() -> new Failure.Invalid(
                        "Validation failed.", "template_version_preset_id", "The version has no such preset."))
                .parameters();
        var all = new ArrayList<WorkspaceBuildParameter>();
        chosen.stream().filter(one -> !answers.containsKey(one.name())).forEach(all::add);
        answers.forEach((name, value) -> all.add(new WorkspaceBuildParameter(name, value)));
        return all;
    }

    /** The files that a job works on, with the values of their variables. */
    public TemplateSource source(LeasedJob job) throws JobFailedException {
        record Given(StoredFile file, Map<String, String> variables) {}
        Given given = transactions.read(
                tx -> new Given(files.get(tx, job), versions.contents().variables(tx, job)));
        try {
            return Archives.readTar(given.file().data()).with(given.variables());
        } catch (ArchiveException e) {
            throw new JobFailedException(String.valueOf(e.getMessage()), e);
        }
    }
}
