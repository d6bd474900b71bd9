package dev.cloister.provisioner.terraform;

import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.BuildLog;
import dev.cloister.provisioner.BuildLog.Level;
import dev.cloister.provisioner.BuildOrder;
import dev.cloister.provisioner.BuildOutcome;
import dev.cloister.provisioner.Cancellation;
import dev.cloister.provisioner.Engine;
import dev.cloister.provisioner.HostReport;
import dev.cloister.provisioner.TemplateException;
import dev.cloister.provisioner.TemplatePlan;
import dev.cloister.provisioner.TemplateProblem;
import dev.cloister.provisioner.TemplateSource;
import dev.cloister.provisioner.Transition;
import dev.cloister.provisioner.terraform.provider.BuildFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes whatever a template's resources say, by the operator's terraform or tofu. It holds nothing between builds: what
 * it has made is in the state that each build leaves with {@link dev.cloister.provisioner.TerraformInput.States}.
 */
public final class TerraformEngine implements Engine {
    private static final BuildLog SILENT = (level, stage, text) -> {};

    private final TerraformSettings settings;
    private final Path runs;
    private volatile @Nullable StateSalvage salvage;

    private TerraformEngine(TerraformSettings settings, Path runs) {
        this.settings = settings;
        this.runs = runs;
    }

    /**
     * Takes possession of the directory. What a killed server has left there is dealt with by {@link #reconcile}.
     *
     * @throws IOException when the directory cannot be used
     */
    public static TerraformEngine open(TerraformSettings settings) throws IOException {
        var runs = LeftRuns.prepare(settings.directory());
        return new TerraformEngine(settings, runs);
    }

    /** Says who keeps the state of what a killed server was building. */
    public void salvageTo(StateSalvage keeper) {
        salvage = keeper;
    }

    /** Whether a template is one for this engine. */
    public static boolean takes(TemplateSource source) {
        return Configuration.isIn(source);
    }

    @Override
    public TemplatePlan plan(TemplateSource source, Map<String, String> parameters) throws TemplateException {
        try {
            return plan(source, parameters, SILENT, Cancellation.NEVER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused("looking at it was interrupted");
        }
    }

    @Override
    public TemplatePlan plan(
            TemplateSource source, Map<String, String> parameters, BuildLog log, Cancellation cancellation)
            throws TemplateException, InterruptedException {
        var variables = Configuration.variables(source);
        var missing = Configuration.missing(variables, source.variables());
        if (!missing.isEmpty()) {
            throw new TemplateException(missing);
        }
        var told = new RunLog(log);
        variables.stream()
                .filter(variable -> variable.sensitive())
                .forEach(variable -> told.hide(source.variables().getOrDefault(variable.name(), "")));
        var facts = BuildFacts.ofNobody(settings.accessUrl().get(), parameters).started(settings.agentScripts());
        var order = new TerraformRun.Order(UUID.randomUUID(), Optional.empty(), source, variables, new byte[0], facts);
        try (var run = TerraformRun.begin(settings, runs, order, told, cancellation)) {
            run.init();
            var all = MadeResource.ofPlan(run.plan(false));
            var made = ResourceConversion.of(all, run.graph());
            var asked = TemplateConversion.parameters(all);
            var presets = TemplateConversion.presets(all);
            return new TemplatePlan(
                    "",
                    "",
                    "",
                    variables,
                    asked,
                    presets,
                    made.resources(),
                    TemplateConversion.warnings(asked, presets));
        } catch (BuildException e) {
            throw told.problems().isEmpty()
                    ? refused(String.valueOf(e.getMessage()))
                    : new TemplateException(told.problems());
        } catch (ConversionException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static TemplateException refused(String message) {
        return new TemplateException(new TemplateProblem("template", 0, 0, "", message));
    }

    @Override
    public BuildOutcome build(BuildOrder order, BuildLog log, Cancellation cancellation)
            throws BuildException, InterruptedException {
        boolean delete = order.transition() == Transition.DELETE;
        byte[] before = order.terraform().states().last();
        if (delete && before.length == 0) {
            log.line(Level.INFO, "Delete", "There is nothing to remove.");
            return new BuildOutcome(List.of());
        }
        var told = new RunLog(log);
        var facts = facts(order);
        hide(told, facts);
        var variables = Configuration.variables(order.source());
        variables.stream()
                .filter(variable -> variable.sensitive())
                .forEach(variable -> told.hide(order.source().variables().getOrDefault(variable.name(), "")));
        var ordered = new TerraformRun.Order(
                order.workspaceId(), Optional.of(order.buildId()), order.source(), variables, before, facts);
        try (var run = TerraformRun.begin(settings, runs, ordered, told, cancellation)) {
            return build(run, order, delete);
        } catch (ConversionException e) {
            throw new BuildException(String.valueOf(e.getMessage()), e);
        }
    }

    private static BuildOutcome build(TerraformRun run, BuildOrder order, boolean delete)
            throws BuildException, InterruptedException, ConversionException {
        run.init();
        var plan = run.plan(delete);
        Graph graph = run.graph();
        // Before anything is made, so that a template that makes no workspace, or too dear a one, makes nothing.
        var planned = ResourceConversion.of(MadeResource.ofPlan(plan), graph);
        order.terraform().costs().take(planned.dailyCost());
        try {
            run.apply();
        } finally {
            byte[] state = run.state();
            if (state.length > 0) {
                keep(run, order, state);
            }
        }
        var made = ResourceConversion.of(MadeResource.ofState(run.shownState()), graph);
        return delete ? new BuildOutcome(List.of()) : new BuildOutcome(made.resources(), made.tokens());
    }

    /** Where it cannot be stored now, it stays in its directory for the next start of the server. */
    private static void keep(TerraformRun run, BuildOrder order, byte[] state) {
        try {
            order.terraform().states().keep(state);
        } catch (RuntimeException e) {
            run.leave();
            throw e;
        }
    }

    private BuildFacts facts(BuildOrder order) {
        var input = order.terraform();
        return new BuildFacts(
                settings.accessUrl().get(),
                switch (order.transition()) {
                    case START -> "start";
                    case STOP -> "stop";
                    case DELETE -> "destroy";
                },
                true,
                new BuildFacts.Workspace(order.workspaceId(), order.workspaceName()),
                input.owner(),
                input.template(),
                order.parameters(),
                input.before(),
                input.externalTokens(),
                input.secretsByVariable(),
                input.secretsByFile(),
                settings.agentScripts());
    }

    private static void hide(RunLog log, BuildFacts facts) {
        facts.externalTokens().values().forEach(secret -> log.hide(secret.reveal()));
        facts.secretsByVariable().values().forEach(secret -> log.hide(secret.reveal()));
        facts.secretsByFile().values().forEach(secret -> log.hide(secret.reveal()));
        log.hide(facts.owner().sessionToken().reveal());
        log.hide(facts.owner().oidcToken().reveal());
        log.hide(facts.owner().sshPrivateKey().reveal());
    }

    /** Known only from a plan: {@link #build} asks before it makes anything. */
    @Override
    public int dailyCost(BuildOrder order) {
        return 0;
    }

    @Override
    public HostReport inspect() {
        return new HostReport(List.of(), List.of(), List.of());
    }

    @Override
    public void reconcile(Collection<UUID> expectedRunning, Collection<UUID> underWay) {
        // What runs is not this host's business; what was being built here is.
        var keeper = salvage;
        if (keeper != null) {
            new LeftRuns(runs, keeper).remove();
        }
    }

    @Override
    public boolean running(UUID workspaceId) {
        return false;
    }

    @Override
    public void close() {
        // Runs end with the threads that wait for them.
    }
}
