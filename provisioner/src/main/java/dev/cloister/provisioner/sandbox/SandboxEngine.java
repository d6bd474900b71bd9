package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.BuildLog;
import dev.cloister.provisioner.BuildOrder;
import dev.cloister.provisioner.BuildOutcome;
import dev.cloister.provisioner.Cancellation;
import dev.cloister.provisioner.Engine;
import dev.cloister.provisioner.HostReport;
import dev.cloister.provisioner.TemplateException;
import dev.cloister.provisioner.TemplatePlan;
import dev.cloister.provisioner.TemplateSource;
import dev.cloister.provisioner.Transition;
import dev.cloister.provisioner.egress.EgressLog;
import dev.cloister.provisioner.egress.EgressProxy;
import dev.cloister.provisioner.egress.ServerDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Runs workspaces as Linux namespaces of this host, through bubblewrap. Everything it knows is in its data directory
 * and in the processes themselves, so that it can be ended at any moment and continued by another.
 */
public final class SandboxEngine implements Engine {
    private final Installation installation;
    private final EgressProxy proxy;
    private final Workspaces workspaces;
    private final Keeper keeper;
    private final Planner planner;
    private final HostView hosts;

    private SandboxEngine(
            Installation installation,
            EgressProxy proxy,
            Workspaces workspaces,
            Keeper keeper,
            Planner planner,
            HostView hosts) {
        this.installation = installation;
        this.proxy = proxy;
        this.workspaces = workspaces;
        this.keeper = keeper;
        this.planner = planner;
        this.hosts = hosts;
    }

    /**
     * Takes possession of the data directory. Quick: the host is looked at when it is first needed.
     *
     * @throws IOException with a sentence for the operator, when the directory cannot be used
     */
    public static SandboxEngine open(SandboxSettings wanted, EgressLog egressLog, WorkspaceEvents events, Clock clock)
            throws IOException {
        var installation = Installation.open(wanted.dataDirectory());
        try {
            // Its real path is what the kernel shows for what is mounted from it.
            var settings = wanted.in(wanted.dataDirectory().toRealPath());
            Files.createDirectories(settings.imagesDirectory());
            var directories = WorkspaceDirectories.below(settings.dataDirectory());
            var proxy = new EgressProxy(settings.privateNetworks(), egressLog, clock);
            var hosts = new HostView(new HostProbe(settings.uids(), installation.name()));
            var workspaces = new Workspaces(settings, installation, directories, hosts, proxy);
            var keeper = new Keeper(workspaces, events);
            var planner = new Planner(new Resources(settings));
            return new SandboxEngine(installation, proxy, workspaces, keeper, planner, hosts);
        } catch (IOException | RuntimeException e) {
            installation.close();
            throw e;
        }
    }

    /** The server is in this process and takes the connections of workspaces itself. */
    public void serverDoor(ServerDoor door) {
        proxy.serverDoor(door);
    }

    @Override
    public TemplatePlan plan(TemplateSource source, Map<String, String> parameters) throws TemplateException {
        return planner.plan(source, parameters);
    }

    @Override
    public int dailyCost(BuildOrder order) throws BuildException {
        return order.transition() == Transition.START ? planner.order(order).cost() : 0;
    }

    @Override
    public BuildOutcome build(BuildOrder order, BuildLog log, Cancellation cancellation)
            throws BuildException, InterruptedException {
        var progress = new Progress(log, cancellation);
        try {
            return switch (order.transition()) {
                case START -> workspaces.start(order, planner.order(order), progress);
                case STOP -> workspaces.stop(order.workspaceId(), progress);
                case DELETE -> workspaces.delete(order.workspaceId(), progress);
            };
        } catch (IOException e) {
            throw Trouble.explain(e, workspaces.dataDirectory());
        }
    }

    @Override
    public HostReport inspect() {
        try {
            return hosts.refreshed().report();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking at the host", e);
        }
    }

    @Override
    public void reconcile(Collection<UUID> expectedRunning, Collection<UUID> underWay) {
        keeper.reconcile(Set.copyOf(expectedRunning), Set.copyOf(underWay));
    }

    @Override
    public boolean running(UUID workspaceId) {
        return workspaces.isRunning(workspaceId);
    }

    @Override
    public void close() {
        keeper.close();
        proxy.close();
        hosts.close();
        installation.close();
    }
}
