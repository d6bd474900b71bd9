package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.BuildException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds and ends what is left of a workspace's processes by three marks that do not depend on each other: its control
 * groups, its host user, and the environment of the host's side of the sandbox.
 */
final class Remains {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Installation installation;
    private final Host host;

    Remains(Installation installation, Host host) {
        this.installation = installation;
        this.host = host;
    }

    /** All live processes of a workspace, seen from the host. */
    Set<Long> of(WorkspaceDirectory directory) throws IOException {
        var found = new HashSet<>(host.groups().members(directory.workspaceId()));
        var uid = uid(directory);
        var mark = Installation.MARK + "=" + installation.mark(directory.workspaceId()) + "\0";
        found.addAll(ProcessTable.matching(pid -> belongs(pid, uid, mark)));
        return found;
    }

    private static boolean belongs(long pid, OptionalInt uid, String mark) {
        return (uid.isPresent() && ProcessTable.user(pid).equals(OptionalLong.of(uid.getAsInt())))
                || (ProcessTable.environment(pid) + "\0").contains(mark);
    }

    private static OptionalInt uid(WorkspaceDirectory directory) throws IOException {
        return directory
                .read(directory.file("uid"))
                .filter(text -> !text.isBlank())
                .map(text -> OptionalInt.of(Integer.parseInt(text.strip())))
                .orElse(OptionalInt.empty());
    }

    /** Workspaces of this installation that have processes, whether or not they have a directory. */
    Map<UUID, Set<Long>> all() {
        var prefix = Installation.MARK + "=" + installation.name() + "/";
        var found = new HashMap<UUID, Set<Long>>();
        for (var pid : ProcessTable.all()) {
            for (var variable : ProcessTable.environment(pid).split("\0", -1)) {
                if (variable.startsWith(prefix)
                        && ID.matcher(variable.substring(prefix.length())).matches()) {
                    found.computeIfAbsent(UUID.fromString(variable.substring(prefix.length())), _ -> new HashSet<>())
                            .add(pid);
                }
            }
        }
        host.groups()
                .present()
                .forEach(id -> found.computeIfAbsent(id, _ -> new HashSet<>())
                        .addAll(host.groups().members(id)));
        return found;
    }

    /**
     * Ends everything, waits until it is gone, and removes the control groups.
     *
     * @throws BuildException when the kernel does not let go of a process
     */
    void end(WorkspaceDirectory directory) throws IOException, BuildException, InterruptedException {
        var deadline = System.nanoTime() + LIMIT.toNanos();
        for (var left = of(directory); !left.isEmpty(); left = of(directory)) {
            if (System.nanoTime() > deadline) {
                throw new BuildException("Processes " + numbers(left) + " of the workspace do not end, although they "
                        + "were killed; the kernel holds them, perhaps for a device. Try again, or restart the host.");
            }
            kill(directory, left);
            Thread.sleep(PAUSE);
        }
        host.groups().remove(directory.workspaceId());
        while (HomeVolume.isMounted(directory.homeImage())) {
            if (System.nanoTime() > deadline) {
                throw new BuildException("The home is still in use although no process is left; the kernel has not "
                        + "unmounted it. Try again, or restart the host.");
            }
            Thread.sleep(PAUSE);
        }
    }

    private void kill(WorkspaceDirectory directory, Set<Long> pids) throws IOException {
        host.groups().kill(directory.workspaceId());
        var handles =
                pids.stream().map(ProcessHandle::of).flatMap(Optional::stream).toList();
        // Looked at again once they are held: a number may have gone to somebody else in between.
        var still = of(directory);
        handles.stream()
                .filter(handle -> still.contains(handle.pid())
                        && handle.pid() != ProcessHandle.current().pid())
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static String numbers(Set<Long> pids) {
        return pids.stream().sorted().limit(10).map(String::valueOf).collect(Collectors.joining(", "));
    }
}
