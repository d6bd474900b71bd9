package dev.cloister.server.testing;

import dev.cloister.provisioner.AgentPlan;
import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.BuildLog;
import dev.cloister.provisioner.BuildOrder;
import dev.cloister.provisioner.BuildOutcome;
import dev.cloister.provisioner.Cancellation;
import dev.cloister.provisioner.Engine;
import dev.cloister.provisioner.HostReport;
import dev.cloister.provisioner.PlannedResource;
import dev.cloister.provisioner.TemplateException;
import dev.cloister.provisioner.TemplatePlan;
import dev.cloister.provisioner.TemplateSource;
import dev.cloister.provisioner.Transition;
import dev.cloister.provisioner.workspacefile.ParameterValues;
import dev.cloister.provisioner.workspacefile.WorkspaceFile;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine that runs nothing: it reads real {@code workspace.yaml} files, remembers what it was asked, and does what a
 * test tells it to. It notices when two builds of one workspace overlap.
 */
public final class FakeEngine implements Engine {
    public static final String HOST_KEY = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY";
    public static final String WARNING = "This host does not limit memory. Install a kernel with control groups.";

    public final List<BuildOrder> orders = new CopyOnWriteArrayList<>();
    public final List<Collection<UUID>> reconciled = new CopyOnWriteArrayList<>();

    /** Of every reconciliation, those that a build of theirs looks after. */
    public final List<Collection<UUID>> leftToBuilds = new CopyOnWriteArrayList<>();

    public final AtomicInteger overlaps = new AtomicInteger();
    private final Map<UUID, AtomicInteger> active = new ConcurrentHashMap<>();
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();
    private volatile Behaviour behaviour = FakeEngine::succeed;

    /** What a build does. */
    @FunctionalInterface
    public interface Behaviour {
        BuildOutcome build(BuildOrder order, BuildLog log, Cancellation cancellation)
                throws BuildException, InterruptedException;
    }

    /** Has builds do this from now on. */
    public void behave(Behaviour next) {
        behaviour = next;
    }

    @Override
    public TemplatePlan plan(TemplateSource source, Map<String, String> parameters) throws TemplateException {
        var file = WorkspaceFile.read(source);
        file.resolve(ParameterValues.withDefaults(file.parameters(), parameters), "example", "example");
        return new TemplatePlan(
                file.name(),
                file.description(),
                file.icon(),
                file.variables(),
                file.parameters(),
                file.presets(),
                List.of(resource(null)),
                List.of("A warning about the template."));
    }

    @Override
    public int dailyCost(BuildOrder order) throws BuildException {
        if (order.transition() != Transition.START) {
            return 0;
        }
        try {
            var file = WorkspaceFile.read(order.source());
            return file.resolve(order.parameters(), order.workspaceName(), order.ownerName())
                    .cost();
        } catch (TemplateException e) {
            throw new BuildException("The template cannot be used.", e);
        }
    }

    @Override
    public BuildOutcome build(BuildOrder order, BuildLog log, Cancellation cancellation)
            throws BuildException, InterruptedException {
        orders.add(order);
        var here = active.computeIfAbsent(order.workspaceId(), ignored -> new AtomicInteger());
        if (here.incrementAndGet() > 1) {
            overlaps.incrementAndGet();
        }
        try {
            BuildOutcome outcome = behaviour.build(order, log, cancellation);
            if (order.transition() == Transition.START) {
                running.add(order.workspaceId());
            } else {
                running.remove(order.workspaceId());
            }
            return outcome;
        } finally {
            here.decrementAndGet();
        }
    }

    /** The outcome of a build that goes well. */
    public static BuildOutcome succeed(BuildOrder order, BuildLog log, Cancellation cancellation) {
        log.line(BuildLog.Level.INFO, "Sandbox", "The sandbox of " + order.workspaceName() + " is ready.");
        return switch (order.transition()) {
            case START -> new BuildOutcome(List.of(resource(HOST_KEY)));
            case STOP ->
                new BuildOutcome(List.of(new PlannedResource(
                        "workspace", "cloister_sandbox", "", List.of(), List.of(), List.of(WARNING))));
            case DELETE -> new BuildOutcome(List.of());
        };
    }

    private static PlannedResource resource(String hostKey) {
        var agent = new AgentPlan(
                "main",
                "linux",
                "amd64",
                "/home/dev",
                Map.of("EDITOR", "nano"),
                List.of(new AgentPlan.Script(
                        "Startup", AgentPlan.Phase.START, "echo hello", Duration.ofMinutes(5), true)),
                List.of(new AgentPlan.App(
                        "web",
                        "Web",
                        "",
                        URI.create("http://localhost:8080"),
                        null,
                        new AgentPlan.Healthcheck(URI.create("http://localhost:8080/"), Duration.ofSeconds(5), 3),
                        AgentPlan.Share.OWNER,
                        true,
                        AgentPlan.OpenIn.TAB,
                        false,
                        0)),
                List.of(new AgentPlan.Metadata(
                        "load", "Load", "cat /proc/loadavg", Duration.ofSeconds(10), Duration.ofSeconds(1))),
                AgentPlan.StartupBehavior.BLOCKING,
                hostKey);
        return new PlannedResource(
                "workspace",
                "cloister_sandbox",
                "",
                List.of(agent),
                List.of(new PlannedResource.ResourceDetail("memory", "2 GiB")),
                List.of(WARNING));
    }

    @Override
    public HostReport inspect() {
        return new HostReport(List.of(), List.of(WARNING), List.of());
    }

    @Override
    public void reconcile(Collection<UUID> expectedRunning, Collection<UUID> underWay) {
        leftToBuilds.add(List.copyOf(underWay));
        reconciled.add(List.copyOf(expectedRunning));
    }

    @Override
    public boolean running(UUID workspaceId) {
        return running.contains(workspaceId);
    }

    @Override
    public void close() {}
}
