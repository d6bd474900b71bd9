package dev.cloister.server.workspace;

import dev.cloister.contract.Secret;
import dev.cloister.contract.Sha256;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.provisioner.AgentEnrollment;
import dev.cloister.provisioner.AgentPlan;
import dev.cloister.provisioner.BuildCanceledException;
import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.BuildLog;
import dev.cloister.provisioner.BuildOrder;
import dev.cloister.provisioner.BuildOutcome;
import dev.cloister.provisioner.Cancellation;
import dev.cloister.provisioner.Engine;
import dev.cloister.provisioner.PlannedResource;
import dev.cloister.provisioner.TemplateSource;
import dev.cloister.provisioner.TerraformInput;
import dev.cloister.provisioner.Transition;
import dev.cloister.provisioner.terraform.TerraformEngine;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.JobCanceledException;
import dev.cloister.server.build.JobEnd;
import dev.cloister.server.build.JobFailedException;
import dev.cloister.server.build.JobQueue;
import dev.cloister.server.build.JobType;
import dev.cloister.server.build.JobWork;
import dev.cloister.server.build.LeasedJob;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.template.TemplateUse;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Does a workspace's build: has the engine bring it into the state asked for, and stores what came of it. */
public final class BuildWork implements JobWork {
    private static final int TOKEN_BYTES = 32;

    private final Transactions transactions;
    private final WorkspaceRepository workspaces;
    private final WorkspaceBuildRepository builds;
    private final OutcomeRepository outcomes;
    private final TemplateUse templates;
    private final TimeRules rules;
    private final QuotaService quotas;
    private final JobQueue queue;
    private final Engine engine;
    private final Enrollment enrollment;
    private final BuildStates states;
    private final WorkspaceNotices told;
    private final Clock clock;
    private final TerraformFactsRepository facts = new TerraformFactsRepository();

    BuildWork(
            Transactions transactions,
            WorkspaceRepository workspaces,
            WorkspaceBuildRepository builds,
            OutcomeRepository outcomes,
            TemplateUse templates,
            TimeRules rules,
            QuotaService quotas,
            JobQueue queue,
            Engine engine,
            Enrollment enrollment,
            BuildStates states,
            WorkspaceNotices told,
            Clock clock) {
        this.transactions = transactions;
        this.workspaces = workspaces;
        this.builds = builds;
        this.outcomes = outcomes;
        this.templates = templates;
        this.rules = rules;
        this.quotas = quotas;
        this.queue = queue;
        this.engine = engine;
        this.enrollment = enrollment;
        this.states = states;
        this.told = told;
        this.clock = clock;
    }

    private record Given(Workspace workspace, WorkspaceBuild build, Map<String, String> parameters) {}

    @Override
    public JobType type() {
        return JobType.WORKSPACE_BUILD;
    }

    @Override
    public Object exclusionKey(LeasedJob job) {
        return workspaceId(job);
    }

    private static String workspaceId(LeasedJob job) {
        return job.input().path(BuildPlan.WORKSPACE).asString();
    }

    @Override
    public Result run(LeasedJob job, BuildLog log, Cancellation cancellation)
            throws JobFailedException, JobCanceledException, InterruptedException {
        Given given = transactions.read(tx -> {
            WorkspaceBuild build = builds.get(tx, job);
            return new Given(workspaces.get(tx, job), build, builds.parameters(tx, build));
        });
        if (job.input().path(BuildPlan.ORPHAN).asBoolean(false)) {
            log.line(
                    BuildLog.Level.WARN, "Delete", "What the workspace left on its host is not removed, as asked for.");
            return tx -> store(tx, job, given.build(), new BuildOutcome(List.of()), UUID.randomUUID(), new byte[32]);
        }
        UUID agent = UUID.randomUUID();
        Secret token = Secret.random(TOKEN_BYTES);
        BuildOrder order = order(job, given, agent, token);
        quotas.reserve(job, given.workspace(), given.build(), cost(order));
        BuildOutcome outcome = build(order, job, log, cancellation);
        byte[] hash = Sha256.of(token.reveal());
        return tx -> store(tx, job, given.build(), outcome, agent, hash);
    }

    private BuildOrder order(LeasedJob job, Given given, UUID agent, Secret token) throws JobFailedException {
        TemplateSource source = templates.source(job);
        return new BuildOrder(
                given.build().id().value(),
                given.workspace().id().value(),
                given.workspace().name(),
                given.workspace().ownerId(),
                given.workspace().ownerName(),
                transition(given.build().transition()),
                source,
                given.parameters(),
                new AgentEnrollment(
                        agent, token, enrollment.serverUrl(), enrollment.ticketKeys(), enrollment.caCertificatesPem()),
                TerraformEngine.takes(source)
                        ? terraform(job, given)
                        : TerraformInput.none(given.workspace().ownerId()));
    }

    private TerraformInput terraform(LeasedJob job, Given given) {
        return transactions.read(tx -> new TerraformInput(
                facts.owner(tx, job),
                facts.template(tx, job),
                facts.before(tx, job),
                Map.of(),
                Map.of(),
                Map.of(),
                states.of(job, given.build().id()),
                cost -> reserve(job, given, cost)));
    }

    /** For an engine that knows what a build costs only when it has begun. */
    private void reserve(LeasedJob job, Given given, int cost) throws BuildException {
        try {
            quotas.reserve(job, given.workspace(), given.build(), cost);
        } catch (JobFailedException e) {
            throw new QuotaException(e);
        }
    }

    /** Carries a refusal through an engine, with its code. */
    private static final class QuotaException extends BuildException {
        private static final long serialVersionUID = 1L;

        private final JobFailedException refusal;

        QuotaException(JobFailedException refusal) {
            super(String.valueOf(refusal.getMessage()), refusal);
            this.refusal = refusal;
        }
    }

    private static Transition transition(WorkspaceTransition transition) {
        return switch (transition) {
            case START -> Transition.START;
            case STOP -> Transition.STOP;
            case DELETE -> Transition.DELETE;
        };
    }

    private int cost(BuildOrder order) throws JobFailedException {
        try {
            return engine.dailyCost(order);
        } catch (BuildException e) {
            throw new JobFailedException(e.getMessage() == null ? "The build failed." : e.getMessage(), e);
        }
    }

    private BuildOutcome build(BuildOrder order, LeasedJob job, BuildLog log, Cancellation cancellation)
            throws JobFailedException, JobCanceledException, InterruptedException {
        boolean debug = job.input().path(BuildPlan.DEBUG).asBoolean(false);
        BuildLog told = debug
                ? log
                : (level, stage, text) -> {
                    if (level != BuildLog.Level.DEBUG) {
                        log.line(level, stage, text);
                    }
                };
        try {
            return engine.build(order, told, cancellation);
        } catch (BuildCanceledException e) {
            throw new JobCanceledException();
        } catch (QuotaException e) {
            throw e.refusal;
        } catch (BuildException e) {
            throw new JobFailedException(e.getMessage() == null ? "The build failed." : e.getMessage(), e);
        }
    }

    private List<AuditEvent> store(
            WriteTx tx, LeasedJob job, WorkspaceBuild build, BuildOutcome outcome, UUID agent, byte[] tokenHash) {
        Instant now = clock.instant();
        int position = 0;
        boolean enrolled = false;
        for (PlannedResource resource : outcome.resources()) {
            UUID id = outcomes.insert(tx, job, build, resource, position++, now);
            for (AgentPlan plan :
                    build.transition() == WorkspaceTransition.START ? resource.agents() : List.<AgentPlan>of()) {
                Secret token = outcome.tokens().get(plan.name());
                if (token != null) {
                    var itself = new EnrolledAgent(UUID.randomUUID(), Sha256.of(token.reveal()), true);
                    outcomes.insertAgent(tx, build, id, itself, plan, now);
                } else if (!enrolled && outcome.tokens().isEmpty()) {
                    outcomes.insertAgent(tx, build, id, new EnrolledAgent(agent, tokenHash, false), plan, now);
                    enrolled = true;
                }
            }
        }
        var events = new ArrayList<AuditEvent>();
        events.add(build.ended("succeeded", 200));
        Workspace workspace = workspaces.get(tx, job);
        switch (build.transition()) {
            case START -> builds.setStop(tx, job, rules.stop(tx, workspace, now), now);
            case STOP ->
                FollowUp.read(job.input())
                        .filter(next -> workspace.dormantAt() == null)
                        .ifPresent(next -> events.add(follow(tx, job, workspace, build, next, now)));
            case DELETE -> {
                workspaces.markDeleted(tx, job, now);
                told.deleted(tx, workspace, build);
                events.add(AuditEvent.deleted(workspace).by(build.initiatorId()));
            }
        }
        return events;
    }

    private AuditEvent follow(
            WriteTx tx, LeasedJob job, Workspace workspace, WorkspaceBuild stop, FollowUp next, Instant now) {
        var plan = new BuildPlan(
                workspace,
                templates.kept(tx, next.version()),
                stop.number() + 1,
                WorkspaceTransition.START,
                stop.reason(),
                stop.initiatorId(),
                next.parameters(),
                false,
                false,
                null,
                null);
        WorkspaceBuild start = plan.build(now);
        plan.enqueue(tx, queue, start);
        builds.insert(tx, job, start, next.parameters());
        return start.requested().by(stop.initiatorId());
    }

    @Override
    public List<AuditEvent> ended(WriteTx tx, LeasedJob job, JobEnd end) {
        WorkspaceBuild build = builds.get(tx, job);
        if (end instanceof JobEnd.Failed failed) {
            told.failed(tx, workspaces.get(tx, job), build, failed.error());
        }
        return List.of(
                switch (end) {
                    case JobEnd.Succeeded succeeded -> build.ended("succeeded", 200);
                    case JobEnd.Canceled canceled -> build.ended("canceled", 409);
                    case JobEnd.Failed failed -> build.ended("failed", 500).with("error", failed.error());
                });
    }

    @Override
    public void announce(WriteTx tx, LeasedJob job) {
        tx.announce(Topics.WORKSPACE_CHANGED, workspaceId(job));
        if (!job.input().path(BuildPlan.TRANSITION).asString().equals("start")) {
            tx.announce(Topics.WORKSPACE_ENDING, workspaceId(job));
        }
    }
}
