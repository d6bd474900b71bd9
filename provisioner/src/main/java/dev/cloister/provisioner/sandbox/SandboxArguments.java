package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.workspacefile.WorkspaceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The arguments of bubblewrap, which are what a workspace can see and do. */
final class SandboxArguments {
    /** Where the agent finds the proxy's socket. */
    static final String EGRESS_SOCKET = "/run/cloister/egress.sock";

    private static final long MEBIBYTE = 1 << 20;

    /** Tell about the host and are of no use to a workspace; Docker masks the same. */
    private static final List<String> MASKED = List.of(
            "/proc/keys",
            "/proc/key-users",
            "/proc/kcore",
            "/proc/timer_list",
            "/proc/sched_debug",
            "/proc/latency_stats");

    private final Host host;
    private final Sources sources;
    private final List<String> arguments = new ArrayList<>();

    SandboxArguments(Host host, Sources sources) {
        this.host = host;
        this.sources = sources;
    }

    /**
     * Where bubblewrap finds what it binds.
     *
     * @param root arguments of the root tree
     * @param secret the server's data; hidden where it lies below something visible
     */
    record Sources(List<String> root, String agent, String run, String etc, String home, Path secret) {}

    List<String> list(LaunchPlan plan, String shell, List<String> etcNames) {
        isolation(plan.workspaceName());
        environment(plan, shell);
        arguments.addAll(sources.root());
        etc(etcNames);
        if (isVisible(sources.secret())) {
            add("--perms", "0000", "--size", "4096", "--tmpfs", sources.secret().toString());
        }
        kernelFileSystems(plan.limits());
        memoryFileSystems(plan.limits());
        add("--perms", "0755", "--dir", "/opt/cloister");
        add("--ro-bind", sources.agent(), "/opt/cloister/agent");
        add("--ro-bind", sources.run(), "/run/cloister");
        add("--perms", "0755", "--dir", "/home");
        add("--bind", sources.home(), WorkspaceSpec.HOME);
        // Whatever bubblewrap made itself lies in memory and must not become a second, unlimited home.
        add("--remount-ro", "/", "--chdir", WorkspaceSpec.HOME, "--seccomp", "9");
        return List.copyOf(arguments);
    }

    private void isolation(String name) {
        add(
                "--unshare-user",
                "--unshare-pid",
                "--unshare-net",
                "--unshare-ipc",
                "--unshare-uts",
                "--unshare-cgroup-try");
        if (host.forbidsNamespaces()) {
            add("--disable-userns");
        }
        add("--uid", "1000", "--gid", "1000", "--hostname", name);
        add("--cap-drop", "ALL", "--new-session", "--die-with-parent");
    }

    private void environment(LaunchPlan plan, String shell) {
        add("--clearenv");
        variable("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        variable("HOME", WorkspaceSpec.HOME);
        variable("USER", "dev");
        variable("LOGNAME", "dev");
        variable("SHELL", shell);
        variable("LANG", "C.UTF-8");
        variable("XDG_RUNTIME_DIR", "/run/user/1000");
        var limited = host.groups().enforced();
        variable(
                "PROCESS_LIMIT",
                limited.contains(Resource.PROCESSES) ? "" : "" + plan.limits().processes());
        variable(
                "MEMORY_LIMIT_KIB",
                limited.contains(Resource.MEMORY) ? "" : "" + plan.limits().memoryBytes() / 1024);
    }

    private void variable(String name, String value) {
        add("--setenv", name, value);
    }

    private void etc(List<String> names) {
        add("--perms", "0755", "--dir", "/etc/cloister");
        for (var name : names) {
            add("--ro-bind", sources.etc() + "/" + name, "/etc/" + name);
        }
        add("--ro-bind", sources.etc() + "/start.sh", "/etc/cloister/start.sh");
        add("--symlink", "../proc/self/mounts", "/etc/mtab");
    }

    private void kernelFileSystems(Limits limits) {
        add("--proc", "/proc");
        MASKED.stream()
                .filter(path -> Path.of(path).toFile().exists())
                .forEach(path -> add("--ro-bind", "/dev/null", path));
        add("--dev", "/dev");
        memory(limits.memoryBytes() / 2, "1777", "/dev/shm");
        add("--remount-ro", "/dev");
    }

    /** Their content counts as the workspace's memory; the sizes matter where memory is not limited. */
    private void memoryFileSystems(Limits limits) {
        memory(limits.memoryBytes() / 2, "1777", "/tmp");
        add("--perms", "0755", "--dir", "/var");
        memory(limits.memoryBytes() / 2, "1777", "/var/tmp");
        memory(16 * MEBIBYTE, "0755", "/run");
        add("--perms", "0755", "--dir", "/run/user", "--perms", "0700", "--dir", "/run/user/1000");
        add("--symlink", "../run", "/var/run");
    }

    private void memory(long bytes, String permissions, String path) {
        add("--perms", permissions, "--size", Long.toString(bytes), "--tmpfs", path);
    }

    /** Below something that is bound, and not behind a directory that keeps the workspace's user out already. */
    private boolean isVisible(Path path) {
        if (host.privilege() == Privilege.ROOT && !isOpen(path.getParent())) {
            return false;
        }
        return !path.startsWith("/opt/cloister")
                && Stream.of("/usr", "/opt", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc")
                        .anyMatch(path::startsWith);
    }

    private static boolean isOpen(@Nullable Path directory) {
        try {
            for (var at = directory; at != null; at = at.getParent()) {
                if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return true;
        }
    }

    private void add(String... more) {
        arguments.addAll(List.of(more));
    }
}
