package dev.cloister.provisioner.terraform;

import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.BuildLog.Level;
import dev.cloister.provisioner.Cancellation;
import dev.cloister.provisioner.TemplateSource;
import dev.cloister.provisioner.TemplateVariable;
import dev.cloister.provisioner.terraform.provider.BuildFacts;
import dev.cloister.provisioner.terraform.provider.ProviderEndpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run: a directory, a provider, and Terraform's commands one after the other. */
final class TerraformRun implements AutoCloseable {
    private static final String PLAN = "run.tfplan";
    private static final String PLUGIN_CACHE = "TF_PLUGIN_CACHE_DIR";

    /** Terraform's cache of plug-ins may not be filled by two at once. */
    private static final ReentrantLock CACHE = new ReentrantLock();

    private final TerraformProgram program;
    private final RunDirectory directory;
    private final ProviderEndpoint provider;
    private final TerraformCommand command;
    private final RunLog log;
    private final boolean sharesCache;
    private boolean left;

    private TerraformRun(
            TerraformProgram program,
            RunDirectory directory,
            ProviderEndpoint provider,
            TerraformCommand command,
            RunLog log,
            boolean sharesCache) {
        this.program = program;
        this.directory = directory;
        this.provider = provider;
        this.command = command;
        this.log = log;
        this.sharesCache = sharesCache;
    }

    /**
     * What a run is of.
     *
     * @param whose account it runs as: the workspace's, or anybody's
     * @param build empty for a template that is looked at
     * @param state of the build before; empty for none
     */
    record Order(
            UUID whose,
            Optional<UUID> build,
            TemplateSource source,
            List<TemplateVariable> variables,
            byte[] state,
            BuildFacts facts) {}

    static TerraformRun begin(TerraformSettings settings, Path runs, Order order, RunLog log, Cancellation cancellation)
            throws BuildException, InterruptedException {
        TerraformProgram program;
        try {
            program = TerraformProgram.find(settings.program());
        } catch (TerraformProgram.MissingException e) {
            throw new BuildException(String.valueOf(e.getMessage()), e);
        }
        var account = Account.of(settings, order.whose());
        RunDirectory directory = null;
        ProviderEndpoint provider = null;
        try {
            directory = RunDirectory.create(runs, order.build());
            provider = ProviderEndpoint.open(directory.root(), order.facts(), log::hide);
            directory.write(order.source());
            for (var file : Configuration.valueFiles(
                            order.variables(), order.source().variables())
                    .entrySet()) {
                directory.write(file.getKey(), file.getValue());
            }
            if (order.state().length > 0) {
                directory.writeState(order.state());
            }
            directory.giveTo(account);
            var environment = environment(settings);
            var command = new TerraformCommand(
                    program.binary(),
                    directory,
                    account,
                    provider,
                    environment,
                    new Bounds(cancellation, directory, settings.timeLimit(), settings.diskLimit()));
            return new TerraformRun(program, directory, provider, command, log, environment.containsKey(PLUGIN_CACHE));
        } catch (IOException | RuntimeException e) {
            close(provider, directory);
            throw new BuildException("The directory for the run could not be made: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            close(provider, directory);
            throw e;
        }
    }

    /** Of the server's own environment what the operator has named, and no more. */
    private static Map<String, String> environment(TerraformSettings settings) {
        var environment = new TreeMap<String, String>();
        for (String name : settings.environment()) {
            var value = System.getenv(name);
            if (value != null && !name.toUpperCase(Locale.ROOT).startsWith("CLOISTER_")) {
                environment.put(name, value);
            }
        }
        return environment;
    }

    void init() throws BuildException, InterruptedException {
        log.line(Level.INFO, "Init", "Preparing Terraform " + program.version() + ".");
        if (sharesCache) {
            CACHE.lockInterruptibly();
        }
        try {
            step("Init", List.of("init", "-no-color", "-input=false"), false);
        } finally {
            if (sharesCache) {
                CACHE.unlock();
            }
        }
    }

    /** Works out what to do; returns the plan. */
    JsonNode plan(boolean destroy) throws BuildException, InterruptedException {
        log.line(Level.INFO, "Plan", destroy ? "Working out what to remove." : "Working out what to make.");
        var arguments =
                new ArrayList<>(List.of("plan", "-no-color", "-input=false", "-json", "-refresh=true", "-out=" + PLAN));
        if (destroy) {
            arguments.add("-destroy");
        }
        step("Plan", arguments, true);
        return shown(List.of("show", "-json", "-no-color", PLAN));
    }

    Graph graph() throws BuildException, InterruptedException {
        return Graph.parse(
                command.captureText(program.graphHasTypes() ? List.of("graph", "-type=plan") : List.of("graph")));
    }

    void apply() throws BuildException, InterruptedException {
        log.line(Level.INFO, "Apply", "Making it so.");
        step("Apply", List.of("apply", "-no-color", "-auto-approve", "-input=false", "-json", PLAN), true);
    }

    /** What exists now. */
    JsonNode shownState() throws BuildException, InterruptedException {
        return shown(List.of("show", "-json", "-no-color"));
    }

    /** The state as Terraform has written it; empty where it has written none. */
    byte[] state() throws BuildException {
        try {
            return directory.state();
        } catch (IOException e) {
            throw new BuildException("The state that Terraform has left cannot be read.", e);
        }
    }

    private JsonNode shown(List<String> arguments) throws BuildException, InterruptedException {
        try {
            return JsonMapper.shared().readTree(command.captureText(arguments));
        } catch (JacksonException e) {
            throw new BuildException("Terraform's description of the workspace cannot be read.", e);
        }
    }

    private void step(String stage, List<String> arguments, boolean json) throws BuildException, InterruptedException {
        long begun = System.nanoTime();
        int status = command.run(arguments, json ? text -> log.json(stage, text) : text -> log.plain(stage, text));
        long millis = (System.nanoTime() - begun) / 1_000_000;
        log.line(Level.DEBUG, stage, "Terraform took %d.%03d s.".formatted(millis / 1000, millis % 1000));
        if (status != 0) {
            throw new BuildException(log.said("Terraform " + arguments.getFirst() + " failed with the status " + status
                    + ". The log tells more."));
        }
    }

    /** Its directory is not removed. */
    void leave() {
        left = true;
    }

    @Override
    public void close() {
        close(provider, left ? null : directory);
    }

    private static void close(@Nullable ProviderEndpoint provider, @Nullable RunDirectory directory) {
        if (provider != null) {
            provider.close();
        }
        if (directory != null) {
            try {
                directory.close();
            } catch (IOException e) {
                LeftRuns.LOG.warn("the directory {} of a run could not be removed", directory.root(), e);
            }
        }
    }
}
