package dev.cloister.server.template;

import dev.cloister.provisioner.BuildLog;
import dev.cloister.provisioner.BuildLog.Level;
import dev.cloister.provisioner.Cancellation;
import dev.cloister.provisioner.Engine;
import dev.cloister.provisioner.TemplateException;
import dev.cloister.provisioner.TemplatePlan;
import dev.cloister.provisioner.TemplateSource;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.JobCanceledException;
import dev.cloister.server.build.JobEnd;
import dev.cloister.server.build.JobFailedException;
import dev.cloister.server.build.JobType;
import dev.cloister.server.build.JobWork;
import dev.cloister.server.build.LeasedJob;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tries what a version would make with some answers given. Nothing of it is run. */
final class DryRunWork implements JobWork {
    static final String PARAMETERS = "rich_parameter_values";
    static final String VARIABLES = "user_variable_values";

    private final DryRunRepository dryRuns;
    private final TemplateVersionRepository versions;
    private final TemplateUse use;
    private final Engine engine;

    DryRunWork(DryRunRepository dryRuns, TemplateVersionRepository versions, TemplateUse use, Engine engine) {
        this.dryRuns = dryRuns;
        this.versions = versions;
        this.use = use;
        this.engine = engine;
    }

    @Override
    public JobType type() {
        return JobType.TEMPLATE_VERSION_DRY_RUN;
    }

    @Override
    public Object exclusionKey(LeasedJob job) {
        return job.id();
    }

    @Override
    public Result run(LeasedJob job, BuildLog log, Cancellation cancellation)
            throws JobFailedException, JobCanceledException, InterruptedException {
        log.line(Level.INFO, "Plan", "Working out what would be made.");
        var source = use.source(job);
        var variables = new LinkedHashMap<>(source.variables());
        variables.putAll(texts(job, VARIABLES));
        if (cancellation.requested()) {
            throw new JobCanceledException();
        }
        TemplatePlan plan = plan(job, source.with(variables), log, cancellation);
        plan.warnings().forEach(warning -> log.line(Level.WARN, "Plan", warning));
        plan.resources().forEach(resource -> log.line(Level.INFO, "Plan", resource.type() + "." + resource.name()));
        return tx -> {
            dryRuns.store(tx, job, plan.resources());
            return List.of(event(tx, job, new JobEnd.Succeeded()));
        };
    }

    private TemplatePlan plan(LeasedJob job, TemplateSource source, BuildLog log, Cancellation cancellation)
            throws JobFailedException, JobCanceledException, InterruptedException {
        try {
            return engine.plan(source, texts(job, PARAMETERS), log, cancellation);
        } catch (TemplateException e) {
            if (cancellation.requested()) {
                throw new JobCanceledException();
            }
            e.problems().forEach(problem -> log.line(Level.ERROR, "Plan", problem.toString()));
            throw ImportWork.failed(e);
        }
    }

    private static Map<String, String> texts(LeasedJob job, String field) {
        var texts = new LinkedHashMap<String, String>();
        job.input()
                .path(field)
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
        return texts;
    }

    @Override
    public List<AuditEvent> ended(WriteTx tx, LeasedJob job, JobEnd end) {
        return List.of(event(tx, job, end));
    }

    private AuditEvent event(ReadTx tx, LeasedJob job, JobEnd end) {
        var event = AuditEvent.done(AuditAction.WRITE, versions.tried(tx, dryRuns.version(tx, job)))
                .by(job.initiator())
                .with("job", "dry run")
                .with("outcome", end.word());
        return switch (end) {
            case JobEnd.Succeeded succeeded -> event;
            case JobEnd.Canceled canceled -> event.withStatus(409);
            case JobEnd.Failed failed -> event.withStatus(400).with("error", failed.error());
        };
    }

    @Override
    public void announce(WriteTx tx, LeasedJob job) {
        // Nobody watches dry runs: whoever asked follows the log, which is announced by itself.
    }
}
