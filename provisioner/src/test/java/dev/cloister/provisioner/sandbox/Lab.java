package dev.cloister.provisioner.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.Secret;
import dev.cloister.provisioner.AgentEnrollment;
import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.BuildLog;
import dev.cloister.provisioner.BuildOrder;
import dev.cloister.provisioner.BuildOutcome;
import dev.cloister.provisioner.Cancellation;
import dev.cloister.provisioner.TemplateException;
import dev.cloister.provisioner.TemplateSource;
import dev.cloister.provisioner.TerraformInput;
import dev.cloister.provisioner.TicketVerificationKey;
import dev.cloister.provisioner.Transition;
import dev.cloister.provisioner.egress.EgressLog;
import dev.cloister.provisioner.sandbox.ProcessTable.Identity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** An engine on a directory of its own, with an agent that does what a test says. Ends everything it started. */
final class Lab implements AutoCloseable {
    /** For what happens by itself in a moment, on a machine that may have much else to do; no claim about speed. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    static final String SMALL = """
            version: 1
            resources: {cpu: 0.5, memory: 192MiB, disk: 64MiB, processes: 64}
            """;

    final Path directory;
    final Path data;
    final URI server;
    final Map<UUID, String> events = new ConcurrentHashMap<>();
    private final Set<UUID> known = new HashSet<>();
    private final Map<UUID, Integer> scripts = new HashMap<>();
    private final EgressLog egressLog;
    private SandboxEngine engine;

    Lab() throws IOException {
        this(URI.create("http://127.0.0.1:9"), EgressLog.NONE);
    }

    Lab(URI server, EgressLog egressLog) throws IOException {
        this(Files.createTempDirectory("cl"), server, egressLog);
    }

    /** On the directory of another lab, whose process is gone. */
    Lab(Path directory) throws IOException {
        this(directory, URI.create("http://127.0.0.1:9"), EgressLog.NONE);
    }

    private Lab(Path directory, URI server, EgressLog egressLog) throws IOException {
        this.directory = directory;
        this.data = directory.resolve("data");
        this.server = server;
        this.egressLog = egressLog;
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        var program = directory.resolve("agent/bin/cloister-agent");
        Files.createDirectories(program.getParent());
        Files.createDirectories(directory.resolve("agent/inbox"));
        try (var script = Lab.class.getResourceAsStream("probe-agent.sh")) {
            Files.write(program, script.readAllBytes());
        }
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        engine = open();
    }

    SandboxSettings settings() {
        var usual = SandboxSettings.of(data, directory.resolve("agent"), server);
        return new SandboxSettings(
                usual.dataDirectory(),
                usual.agentImage(),
                usual.imagesDirectory(),
                usual.uids(),
                usual.defaults(),
                usual.maximum(),
                usual.serverUrl(),
                List.of(),
                Duration.ofSeconds(2));
    }

    private SandboxEngine open() throws IOException {
        return SandboxEngine.open(
                settings(), egressLog, (id, kind, text) -> events.put(id, kind + ": " + text), Clock.systemUTC());
    }

    /** Leaves the directory to another process. */
    void leave() {
        engine.close();
    }

    /** Comes back to the directory. */
    void comeBack() throws IOException {
        engine = open();
    }

    SandboxEngine engine() {
        return engine;
    }

    /** As after a crash of the server: nothing is told to the workspaces. */
    void restartEngine() throws IOException {
        engine.close();
        engine = open();
    }

    static boolean isRoot() {
        return Privilege.current() == Privilege.ROOT;
    }

    static TemplateSource template(String yaml) throws TemplateException {
        return TemplateSource.of(Map.of("workspace.yaml", yaml.getBytes(UTF_8)));
    }

    BuildOrder order(UUID workspace, Transition transition, String yaml) throws TemplateException {
        return order(workspace, transition, yaml, Map.of());
    }

    BuildOrder order(UUID workspace, Transition transition, String yaml, Map<String, String> parameters)
            throws TemplateException {
        known.add(workspace);
        var agent = new AgentEnrollment(
                UUID.randomUUID(), Secret.of("agent-token-of-" + workspace), server, List.of(ticketKey()));
        return new BuildOrder(
                UUID.randomUUID(),
                workspace,
                name(workspace),
                UUID.randomUUID(),
                "ada",
                transition,
                template(yaml),
                parameters,
                agent,
                TerraformInput.none(UUID.randomUUID()));
    }

    private static TicketVerificationKey ticketKey() {
        try {
            return new TicketVerificationKey(
                    "k1",
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String name(UUID workspace) {
        return "ws-" + workspace.toString().substring(0, 8);
    }

    BuildOutcome start(UUID workspace, String yaml) throws Exception {
        return build(order(workspace, Transition.START, yaml));
    }

    UUID started(String yaml) throws Exception {
        var workspace = UUID.randomUUID();
        start(workspace, yaml);
        return workspace;
    }

    BuildOutcome stop(UUID workspace) throws Exception {
        return build(order(workspace, Transition.STOP, SMALL));
    }

    BuildOutcome delete(UUID workspace) throws Exception {
        return build(order(workspace, Transition.DELETE, SMALL));
    }

    BuildOutcome build(BuildOrder order) throws BuildException, InterruptedException {
        return engine.build(order, silent(), Cancellation.NEVER);
    }

    static BuildLog silent() {
        return (level, stage, text) -> {};
    }

    /** Runs a script inside and returns what it said, with its exit status in the last line. */
    String run(UUID workspace, String script) throws Exception {
        return answer(workspace, submit(workspace, script), PATIENCE);
    }

    int submit(UUID workspace, String script) throws IOException {
        var number = scripts.merge(workspace, 1, Integer::sum);
        var inbox = directory.resolve("agent/inbox").resolve(name(workspace));
        Files.createDirectories(inbox);
        var beside = inbox.resolve(number + ".new");
        Files.writeString(beside, script);
        Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(beside, inbox.resolve(number + ".sh"));
        return number;
    }

    String answer(UUID workspace, int number, Duration limit) throws Exception {
        var file = home(workspace).resolve("out/" + number);
        await("an answer from " + file, limit, () -> Files.exists(file));
        return Files.readString(file);
    }

    /** The workspace's home as the host sees it. */
    Path home(UUID workspace) throws IOException {
        var own = workspace(workspace);
        return isRoot()
                ? Path.of("/proc/" + supervisor(workspace) + "/root/mnt/volume/home")
                : own.volume().resolve("home");
    }

    WorkspaceDirectory workspace(UUID workspace) throws IOException {
        return WorkspaceDirectories.below(data).of(workspace);
    }

    long supervisor(UUID workspace) throws IOException {
        return Records.supervisor(workspace(workspace)).orElseThrow().pid();
    }

    static void await(String what, Duration limit, Callable<Boolean> condition) throws Exception {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what);
            }
            Thread.sleep(5);
        }
    }

    /** All processes on the host that belong to a workspace, by any mark. */
    Set<Long> processes(UUID workspace) throws Exception {
        var installation = Files.readString(data.resolve("engine.name")).strip();
        var mark = "CLOISTER_SANDBOX=" + installation + "/" + workspace;
        var uid = workspace(workspace).read(workspace(workspace).file("uid")).map(text -> Long.parseLong(text.strip()));
        var found = ProcessTable.matching(pid -> ProcessTable.environment(pid).contains(mark)
                || (uid.isPresent() && ProcessTable.user(pid).orElse(-1) == uid.get()));
        Records.supervisor(workspace(workspace))
                .map(Identity::pid)
                .map(ProcessTable::descendants)
                .ifPresent(found::addAll);
        return found;
    }

    @Override
    public void close() throws IOException {
        for (var workspace : known) {
            try {
                delete(workspace);
            } catch (Exception e) {
                throw new AssertionError("workspace " + workspace + " could not be deleted", e);
            }
        }
        engine.close();
        try {
            Commands.run(Duration.ofMinutes(1), "rm", "-rf", "--", directory.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
