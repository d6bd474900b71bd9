package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.BuildOrder;
import dev.cloister.provisioner.BuildOutcome;
import dev.cloister.provisioner.PlannedResource;
import dev.cloister.provisioner.egress.EgressPolicy;
import dev.cloister.provisioner.egress.EgressProxy;
import dev.cloister.provisioner.egress.EgressRule;
import dev.cloister.provisioner.sandbox.ProcessTable.Identity;
import dev.cloister.provisioner.sandbox.WorkspaceDirectory.Durability;
import dev.cloister.provisioner.workspacefile.WorkspaceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Starts, stops and deletes workspaces; every step may be the last one before a crash, and is then repeated. */
final class Workspaces {
    private final SandboxSettings settings;
    private final Installation installation;
    private final WorkspaceDirectories directories;
    private final HostView hosts;
    private final EgressProxy proxy;
    private final Resources resources;
    private final Uids uids;
    private final WorkspaceLocks locks = new WorkspaceLocks();
    private final Set<UUID> wanted = ConcurrentHashMap.newKeySet();

    Workspaces(
            SandboxSettings settings,
            Installation installation,
            WorkspaceDirectories directories,
            HostView hosts,
            EgressProxy proxy) {
        this.settings = settings;
        this.installation = installation;
        this.directories = directories;
        this.hosts = hosts;
        this.proxy = proxy;
        this.resources = new Resources(settings);
        this.uids = new Uids(settings.uids(), directories);
    }

    BuildOutcome start(BuildOrder order, WorkspaceSpec spec, Progress progress)
            throws IOException, BuildException, InterruptedException {
        try (var hold = locks.hold(order.workspaceId())) {
            var host = hosts.usable();
            var limits = resources.limits(spec.resources());
            var directory = directories.of(order.workspaceId());
            var present = Records.plan(directory);
            if (isRunning(directory) && present.map(LaunchPlan::buildId).equals(Optional.of(order.buildId()))) {
                adopt(directory, present.get());
                progress.say("The workspace already runs as this build asks.");
            } else {
                clear(directory, host, progress);
                create(directory, order, spec, limits, host, progress);
            }
            return new BuildOutcome(List.of(running(order, spec, limits, directory, host)));
        }
    }

    /** Ends whatever runs of the workspace, from an earlier build or an attempt that broke off. */
    private void clear(WorkspaceDirectory directory, Host host, Progress progress)
            throws IOException, BuildException, InterruptedException {
        if (Files.exists(directory.deleteMark())) {
            throw new BuildException("This workspace is being deleted; create another.");
        }
        if (isRunning(directory)) {
            progress.step("Shutdown");
            stopper(host).gracefully(directory, progress);
            progress.done("Ended the earlier build.");
        } else if (directory.exists()) {
            stopper(host).atOnce(directory);
        }
    }

    private void create(
            WorkspaceDirectory directory,
            BuildOrder order,
            WorkspaceSpec spec,
            Limits limits,
            Host host,
            Progress progress)
            throws IOException, BuildException, InterruptedException {
        Prerequisites.check(settings);
        progress.step("Home volume");
        directory.create();
        var home = new HomeVolume(host).prepare(directory, limits.diskBytes(), progress);
        progress.done("The home is ready.");
        progress.step("Sandbox");
        var plan = new LaunchPlan(
                order.workspaceId(),
                order.buildId(),
                order.workspaceName(),
                spec.image(),
                limits,
                spec.egress(),
                order.agent().serverUrl(),
                home);
        BootstrapFile.write(directory, order.agent(), HostKey.of(directory), shell(spec.image()));
        Records.plan(directory, plan);
        try {
            run(directory, plan, host, progress);
        } catch (IOException | BuildException | InterruptedException e) {
            stopper(host).atOnce(directory);
            proxy.close(directory.workspaceId());
            throw e;
        }
        progress.done("The sandbox stands and the agent is starting.");
    }

    private void run(WorkspaceDirectory directory, LaunchPlan plan, Host host, Progress progress)
            throws IOException, BuildException, InterruptedException {
        WorkspaceDirectory.directory(directory.run(), "rwxr-xr-x");
        openProxy(directory, plan);
        new Launcher(settings, installation, host, uids).launch(directory, plan, progress);
        Thread.ofVirtual().name("workspace-sync").start(directory::sync);
        wanted.add(directory.workspaceId());
    }

    private void openProxy(WorkspaceDirectory directory, LaunchPlan plan) throws IOException {
        var rules = plan.egress().stream().map(EgressRule::parse).toList();
        var policy = new EgressPolicy(rules, plan.serverUrl(), settings.serverUrl());
        proxy.open(directory.workspaceId(), directory.egressSocket(), policy);
    }

    BuildOutcome stop(UUID workspaceId, Progress progress) throws IOException, BuildException, InterruptedException {
        try (var hold = locks.hold(workspaceId)) {
            var directory = directories.of(workspaceId);
            var host = hosts.current();
            progress.step("Shutdown");
            end(directory, host, progress);
            progress.done("Nothing of the workspace runs any more; its home is kept.");
            return new BuildOutcome(stopped(directory));
        }
    }

    private List<PlannedResource> stopped(WorkspaceDirectory directory) throws IOException {
        return Records.lastPlan(directory).map(resources::stopped).stream().toList();
    }

    private void end(WorkspaceDirectory directory, Host host, Progress progress)
            throws IOException, BuildException, InterruptedException {
        wanted.remove(directory.workspaceId());
        if (directory.exists()) {
            stopper(host).gracefully(directory, progress);
        } else {
            new Remains(installation, host).end(directory);
        }
        proxy.close(directory.workspaceId());
    }

    BuildOutcome delete(UUID workspaceId, Progress progress) throws IOException, BuildException, InterruptedException {
        try (var hold = locks.hold(workspaceId)) {
            var directory = directories.of(workspaceId);
            progress.step("Shutdown");
            end(directory, hosts.current(), progress);
            progress.done("Nothing of the workspace runs any more.");
            progress.step("Removal");
            if (directory.exists()) {
                directory.write(directory.deleteMark(), "", Durability.SYNCED);
                Removal.of(directory);
            }
            progress.done("The home and everything else is gone.");
            return new BuildOutcome(List.of());
        }
    }

    /**
     * Leaves a workspace to the next attempt of the build that works on it, which finds the sandbox and waits for its
     * shutdown scripts as the first one did. They may still need the network, and the agent the server, for their log.
     *
     * @return false where that build has not touched the workspace yet, or nothing of it runs
     */
    boolean leave(UUID workspaceId, boolean shouldRun) throws IOException, InterruptedException {
        try (var hold = locks.hold(workspaceId)) {
            var directory = directories.of(workspaceId);
            var plan = Records.plan(directory);
            var untouched = shouldRun && !Files.exists(directory.stopMark());
            if (untouched || plan.isEmpty() || Files.exists(directory.deleteMark()) || !isRunning(directory)) {
                return false;
            }
            openProxy(directory, plan.get());
            return true;
        }
    }

    /**
     * Brings what is there in line with what should be: called after a start, and whenever a workspace has died.
     *
     * @return whether it runs now
     */
    boolean settle(UUID workspaceId, boolean shouldRun) throws IOException, BuildException, InterruptedException {
        try (var hold = locks.hold(workspaceId)) {
            var directory = directories.of(workspaceId);
            var host = hosts.current();
            if (Files.exists(directory.deleteMark())) {
                new Remains(installation, host).end(directory);
                Removal.of(directory);
                return false;
            }
            var plan = Records.plan(directory);
            if (!shouldRun || plan.isEmpty() || !Files.exists(directory.bootstrap())) {
                ceaseAtOnce(directory, host);
                return false;
            }
            return adoptOrRelaunch(directory, plan.get());
        }
    }

    private boolean adoptOrRelaunch(WorkspaceDirectory directory, LaunchPlan plan)
            throws IOException, BuildException, InterruptedException {
        if (isRunning(directory) && !Files.exists(directory.stopMark())) {
            adopt(directory, plan);
            return true;
        }
        var host = hosts.usable();
        new Remains(installation, host).end(directory);
        run(directory, plan, host, Progress.silent());
        return true;
    }

    /** Launches a workspace whose supervisor died, unless a build has changed its mind meanwhile. */
    boolean revive(UUID workspaceId) throws IOException, BuildException, InterruptedException {
        try (var hold = locks.hold(workspaceId)) {
            var directory = directories.of(workspaceId);
            var plan = Records.plan(directory);
            if (!wanted.contains(workspaceId) || isRunning(directory)) {
                return false;
            }
            if (plan.isEmpty() || !Files.exists(directory.bootstrap())) {
                throw new BuildException("what it was launched from is gone.");
            }
            return adoptOrRelaunch(directory, plan.get());
        }
    }

    private void ceaseAtOnce(WorkspaceDirectory directory, Host host)
            throws IOException, BuildException, InterruptedException {
        wanted.remove(directory.workspaceId());
        if (directory.exists()) {
            stopper(host).atOnce(directory);
        } else {
            new Remains(installation, host).end(directory);
        }
        proxy.close(directory.workspaceId());
    }

    private void adopt(WorkspaceDirectory directory, LaunchPlan plan) throws IOException {
        openProxy(directory, plan);
        wanted.add(directory.workspaceId());
    }

    /** Those that should run, as far as this process knows. */
    Set<UUID> wanted() {
        return Set.copyOf(wanted);
    }

    /** Takes a workspace off that list: it cannot be brought up. */
    void giveUp(UUID workspaceId) {
        wanted.remove(workspaceId);
    }

    WorkspaceDirectories directories() {
        return directories;
    }

    /** Workspaces with processes or control groups, directory or not. */
    Set<UUID> withRemains() throws InterruptedException {
        return new Remains(installation, hosts.current()).all().keySet();
    }

    boolean isRunning(UUID workspaceId) {
        try {
            return isRunning(directories.of(workspaceId));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isRunning(WorkspaceDirectory directory) throws IOException {
        return Records.supervisor(directory).map(Identity::isAlive).orElse(false);
    }

    Path dataDirectory() {
        return settings.dataDirectory();
    }

    private Stopper stopper(Host host) {
        return new Stopper(new Remains(installation, host), settings.stopGrace());
    }

    private String shell(String image) {
        return RootTree.shell(
                image.equals(WorkspaceSpec.HOST_IMAGE)
                        ? Path.of("/")
                        : settings.imagesDirectory().resolve(image));
    }

    private PlannedResource running(
            BuildOrder order, WorkspaceSpec spec, Limits limits, WorkspaceDirectory directory, Host host)
            throws IOException {
        var names = Map.of(
                "CLOISTER_WORKSPACE_NAME", order.workspaceName(),
                "CLOISTER_WORKSPACE_ID", order.workspaceId().toString(),
                "CLOISTER_OWNER_NAME", order.ownerName());
        var warnings = host.report().notEnforced();
        return resources.running(
                spec, limits, names, shell(spec.image()), HostKey.of(directory).publicLine(), warnings);
    }
}
