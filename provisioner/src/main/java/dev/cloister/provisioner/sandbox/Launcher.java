package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.BuildLog.Level;
import dev.cloister.provisioner.sandbox.ProcessTable.Identity;
import dev.cloister.provisioner.sandbox.WorkspaceDirectory.Durability;
import dev.cloister.provisioner.workspacefile.WorkspaceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Writes down what a sandbox is and starts its supervisor, which then goes its own way. */
final class Launcher {
    private static final Duration SETUP_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(3);

    private final SandboxSettings settings;
    private final Installation installation;
    private final Host host;
    private final Uids uids;

    Launcher(SandboxSettings settings, Installation installation, Host host, Uids uids) {
        this.settings = settings;
        this.installation = installation;
        this.host = host;
        this.uids = uids;
    }

    /**
     * Starts the sandbox and waits until it stands. Its bootstrap file is there already, and nothing of an earlier one
     * runs any more.
     */
    void launch(WorkspaceDirectory directory, LaunchPlan plan, Progress progress)
            throws IOException, BuildException, InterruptedException {
        prepare(directory, plan);
        progress.check();
        var began = System.nanoTime();
        var process = supervisor(directory);
        // Gone again already: the log says why.
        ProcessTable.identify(process.pid()).ifPresent(identity -> note(directory, identity));
        await(directory, process);
        var millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        progress.say(Level.DEBUG, "The sandbox was set up in " + millis + " ms.");
    }

    private void prepare(WorkspaceDirectory directory, LaunchPlan plan) throws IOException, BuildException {
        var image = image(plan.image());
        var shell = RootTree.shell(image);
        var etc = EtcFiles.contents(plan.workspaceName(), shell);
        EtcFiles.write(directory, plan.workspaceName(), shell);
        WorkspaceDirectory.directory(directory.run(), "rwxr-xr-x");
        var staged = host.privilege() == Privilege.ROOT;
        var stage = staged ? stage().toString() : "";
        var isHost = plan.image().equals(WorkspaceSpec.HOST_IMAGE);
        var imageSource = isHost ? "" : staged ? stage + "/image" : image.toString();
        var sources = new SandboxArguments.Sources(
                new RootTree(image, imageSource, isHost, etc.keySet()).arguments(),
                staged ? stage + "/agent" : settings.agentImage().toString(),
                staged ? stage + "/run" : directory.run().toString(),
                staged ? stage + "/etc" : directory.etc().toString(),
                (staged ? stage + "/volume" : directory.volume().toString()) + "/home",
                settings.dataDirectory());
        var arguments = new SandboxArguments(host, sources).list(plan, shell, List.copyOf(etc.keySet()));
        directory.write(
                directory.file("bwrap.args"),
                arguments.stream().map(text -> text + "\0").collect(Collectors.joining()),
                Durability.NORMAL);
        var filter = SeccompFilter.forArchitecture(Architecture.current());
        directory.write(directory.file("seccomp.bpf"), filter, "rw-------", Durability.NORMAL);
        directory.write(
                directory.file("launch.conf"),
                configuration(directory, plan, stage, isHost ? "" : image.toString()),
                Durability.NORMAL);
        for (var script : List.of("keep.sh", "box.sh")) {
            directory.write(directory.file(script), EtcFiles.resource(script), Durability.NORMAL);
        }
        for (var mark :
                List.of(directory.ready(), directory.stopMark(), directory.file("launched"), directory.supervisor())) {
            Files.deleteIfExists(mark);
        }
    }

    private String configuration(WorkspaceDirectory directory, LaunchPlan plan, String stage, String image)
            throws IOException, BuildException {
        var groups = host.groups().prepare(plan.workspaceId(), plan.limits());
        var variables = new LinkedHashMap<String, String>();
        variables.put("keep_groups", words(groups.keep()));
        variables.put("box_groups", words(groups.box()));
        variables.put("stage", stage);
        variables.put("agent", settings.agentImage().toString());
        variables.put("image", image);
        variables.put(
                "home_image",
                plan.home() == HomeVolume.Kind.IMAGE ? directory.homeImage().toString() : "");
        var skeleton = image.isEmpty() ? "/etc/skel" : image + "/etc/skel";
        variables.put("skeleton", skeleton);
        variables.put("bwrap", Objects.requireNonNull(host.bubblewrap()).toString());
        if (host.privilege() == Privilege.ROOT) {
            var uid = uids.of(directory);
            variables.put("owner", Integer.toString(uid));
            variables.put("drop", String.join(" ", HostProbe.dropTo(uid)));
        } else {
            variables.put("owner", "");
            variables.put("drop", "");
        }
        return Shell.assignments(variables);
    }

    /** Group directories have no spaces in their names; the shell splits them again. */
    private static String words(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(" "));
    }

    private Path stage() {
        return HostProbe.stage(settings.dataDirectory(), settings.agentImage(), settings.imagesDirectory());
    }

    private Path image(String name) throws BuildException {
        if (name.equals(WorkspaceSpec.HOST_IMAGE)) {
            return Path.of("/");
        }
        var image = settings.imagesDirectory().resolve(name);
        if (!Files.isDirectory(image)) {
            throw new BuildException("There is no image \"" + name + "\" on this host: put its root file system at "
                    + image + ", or let the template use the image \"host\".");
        }
        return image;
    }

    private Process supervisor(WorkspaceDirectory directory) throws IOException {
        // setsid first: neither the server's terminal nor its end reaches the supervisor. It then becomes the shell
        // without forking, so that the process known here is the supervisor itself.
        var command = new ArrayList<>(List.of("setsid"));
        if (host.privilege() == Privilege.ROOT) {
            command.addAll(List.of("unshare", "--mount", "--propagation", "private"));
        }
        command.addAll(List.of(
                "sh", directory.file("keep.sh").toString(), directory.path().toString()));
        var builder = Commands.builder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.supervisorLog().toFile());
        builder.environment().put(Installation.MARK, installation.mark(directory.workspaceId()));
        return builder.start();
    }

    private static void note(WorkspaceDirectory directory, Identity identity) {
        try {
            Records.supervisor(directory, identity);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(WorkspaceDirectory directory, Process process)
            throws IOException, BuildException, InterruptedException {
        var deadline = System.nanoTime() + SETUP_LIMIT.toNanos();
        while (!isReady(directory)) {
            if (!process.isAlive()) {
                throw new BuildException("The sandbox could not be started: " + lastWords(directory));
            }
            if (System.nanoTime() > deadline) {
                throw new BuildException("The sandbox was not set up within " + SETUP_LIMIT.toSeconds() + " seconds; "
                        + "the host may be overloaded. " + lastWords(directory));
            }
            Thread.sleep(POLL);
        }
    }

    private static boolean isReady(WorkspaceDirectory directory) throws IOException {
        return directory
                .read(directory.ready())
                .map(text -> text.startsWith("ready"))
                .orElse(false);
    }

    /** What was said last before it ended, of the sandbox or else of its supervisor. */
    static String lastWords(WorkspaceDirectory directory) throws IOException {
        for (var log : List.of(directory.agentLog(), directory.supervisorLog())) {
            var said = tail(log);
            if (!said.isEmpty()) {
                return said;
            }
        }
        return "nothing more is known.";
    }

    private static String tail(Path log) throws IOException {
        if (!Files.exists(log) || Files.size(log) > 2 << 20) {
            return "";
        }
        var text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> !line.isBlank())
                .reduce((_, last) -> last)
                .map(Launcher::printable)
                .orElse("");
    }

    private static String printable(String line) {
        var clean = line.replaceAll("\\p{Cntrl}", " ").strip();
        return clean.length() > 300 ? clean.substring(0, 300) : clean;
    }
}
