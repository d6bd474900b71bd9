package dev.cloister.server.template;

import dev.cloister.provisioner.BuildLog;
import dev.cloister.provisioner.BuildLog.Level;
import dev.cloister.provisioner.Cancellation;
import dev.cloister.provisioner.Engine;
import dev.cloister.provisioner.TemplateException;
import dev.cloister.provisioner.TemplatePlan;
import dev.cloister.provisioner.TemplateProblem;
import dev.cloister.provisioner.TemplateSource;
import dev.cloister.provisioner.TemplateVariable;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.JobCanceledException;
import dev.cloister.server.build.JobEnd;
import dev.cloister.server.build.JobFailedException;
import dev.cloister.server.build.JobType;
import dev.cloister.server.build.JobWork;
import dev.cloister.server.build.LeasedJob;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Imports a version: reads its archive, has the engine check it, and keeps what it found. Nothing of it is run. */
public final class ImportWork implements JobWork {
    private static final int MAX_README = 256 * 1024;
    private static final int PROBLEMS_IN_ERROR = 10;
    private static final int MAX_ERROR = 4000;

    private final TemplateVersionRepository versions;
    private final TemplateUse use;
    private final Engine engine;
    private final Clock clock;

    public ImportWork(TemplateVersionRepository versions, TemplateUse use, Engine engine, Clock clock) {
        this.versions = versions;
        this.use = use;
        this.engine = engine;
        this.clock = clock;
    }

    @Override
    public JobType type() {
        return JobType.TEMPLATE_VERSION_IMPORT;
    }

    @Override
    public Object exclusionKey(LeasedJob job) {
        return job.id();
    }

    @Override
    public Result run(LeasedJob job, BuildLog log, Cancellation cancellation)
            throws JobFailedException, JobCanceledException, InterruptedException {
        log.line(Level.INFO, "Read", "Reading the template's files.");
        TemplateSource source = use.source(job);
        for (String path : source.paths()) {
            log.line(Level.DEBUG, "Read", path);
        }
        if (cancellation.requested()) {
            throw new JobCanceledException();
        }
        TemplatePlan plan = plan(source, log, cancellation);
        warnOfUnknown(source, plan, log);
        plan.warnings().forEach(warning -> log.line(Level.WARN, "Check", warning));
        log.line(
                Level.INFO,
                "Check",
                "The template is good. Questions that it asks: %d. Resources that it makes: %d."
                        .formatted(plan.parameters().size(), plan.resources().size()));
        String readme = readme(source);
        return tx -> {
            TemplateVersion version = versions.get(tx, job);
            versions.storePlan(tx, version, plan, readme, clock.instant());
            return List.of(event(version, new JobEnd.Succeeded(), job));
        };
    }

    /** A value may be meant for a variable of an earlier version, so that this is no error. */
    private static void warnOfUnknown(TemplateSource source, TemplatePlan plan, BuildLog log) {
        var known = plan.variables().stream().map(TemplateVariable::name).collect(Collectors.toSet());
        source.variables().keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .forEach(name -> log.line(
                        Level.WARN, "Check", "A value was given for \"" + name + "\", which is no variable of it."));
    }

    private TemplatePlan plan(TemplateSource source, BuildLog log, Cancellation cancellation)
            throws JobFailedException, JobCanceledException, InterruptedException {
        try {
            return engine.plan(source, Map.of(), log, cancellation);
        } catch (TemplateException e) {
            if (cancellation.requested()) {
                throw new JobCanceledException();
            }
            e.problems().forEach(problem -> log.line(Level.ERROR, "Check", problem.toString()));
            throw failed(e);
        }
    }

    static JobFailedException failed(TemplateException e) {
        String all = e.problems().stream()
                .limit(PROBLEMS_IN_ERROR)
                .map(TemplateProblem::toString)
                .collect(Collectors.joining("\n"));
        return new JobFailedException(all.length() <= MAX_ERROR ? all : all.substring(0, MAX_ERROR) + "…", e);
    }

    private static String readme(TemplateSource source) {
        byte[] bytes = source.file("README.md").orElse(new byte[0]);
        String text = new String(bytes, 0, Math.min(bytes.length, MAX_README), StandardCharsets.UTF_8);
        return text.replace('\0', '\uFFFD');
    }

    @Override
    public List<AuditEvent> ended(WriteTx tx, LeasedJob job, JobEnd end) {
        return List.of(event(versions.get(tx, job), end, job));
    }

    private static AuditEvent event(TemplateVersion version, JobEnd end, LeasedJob job) {
        var event = AuditEvent.done(AuditAction.WRITE, version)
                .by(job.initiator())
                .with("job", "import")
                .with("outcome", end.word());
        return switch (end) {
            case JobEnd.Succeeded succeeded -> event;
            case JobEnd.Canceled canceled -> event.withStatus(409);
            case JobEnd.Failed failed -> event.withStatus(400).with("error", failed.error());
        };
    }

    @Override
    public void announce(WriteTx tx, LeasedJob job) {
        // Nobody watches versions: their page follows the log, which is announced by itself.
    }
}
