package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.sandbox.Commands.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what the machine offers. */
final class HostProbe {
    private static final Logger LOG = LoggerFactory.getLogger(HostProbe.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final List<String> ROOT_TOOLS = List.of("setsid", "setpriv", "unshare", "mount", "prlimit");
    private static final List<String> USER_TOOLS = List.of("setsid", "setpriv", "prlimit");

    private final UidRange uids;
    private final String group;

    /** @param group the name of this installation's control group */
    HostProbe(UidRange uids, String group) {
        this.uids = uids;
        this.group = group;
    }

    Host probe() throws InterruptedException {
        var privilege = Privilege.current();
        var problems = new ArrayList<String>();
        if (privilege == Privilege.ROOT_WITHOUT_CAPABILITIES) {
            problems.add("The server is root without the right to mount and to change users, as in an unprivileged "
                    + "container: start it as an ordinary user, or give the container the capability SYS_ADMIN.");
        }
        missingTools(privilege).ifPresent(problems::add);
        var bubblewrap = Commands.find("bwrap");
        if (bubblewrap.isEmpty()) {
            problems.add("bubblewrap is not installed: run \"apt-get install bubblewrap\", or install the package "
                    + "of that name of your distribution.");
        }
        var help = bubblewrap.isPresent() ? run(List.of("bwrap", "--help")).output() : "";
        if (bubblewrap.isPresent() && !help.contains("--size")) {
            problems.add(
                    "The installed bubblewrap is too old: 0.6.0 or newer is needed, as in Debian 12 and Ubuntu 22.04.");
        }
        var forbids = help.contains("--disable-userns");
        if (problems.isEmpty()) {
            trial(privilege, forbids).ifPresent(problems::add);
        }
        return new Host(
                privilege,
                bubblewrap.orElse(null),
                forbids,
                new ControlGroupFinder().find(group, privilege),
                privilege == Privilege.ROOT && volumes(),
                problems);
    }

    private static Optional<String> missingTools(Privilege privilege) {
        var missing = (privilege == Privilege.ROOT ? ROOT_TOOLS : USER_TOOLS)
                .stream().filter(tool -> Commands.find(tool).isEmpty()).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("The programs " + String.join(", ", missing) + " are missing: run \"apt-get install "
                        + "util-linux\".");
    }

    /** A volume needs a loop device; whether mounting one works shows at the first home. */
    private static boolean volumes() {
        return Commands.find("mkfs.ext4").isPresent()
                && Commands.find("resize2fs").isPresent()
                && Files.exists(Path.of("/dev/loop-control"));
    }

    private Optional<String> trial(Privilege privilege, boolean forbids) throws InterruptedException {
        var command = new ArrayList<>(privilege == Privilege.ROOT ? dropTo(uids.first()) : List.<String>of());
        command.addAll(
                List.of("bwrap", "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"));
        command.addAll(List.of("--uid", "1000", "--gid", "1000", "--ro-bind", "/usr", "/usr"));
        for (var link : List.of("bin", "lib", "lib64", "sbin")) {
            var path = Path.of("/", link);
            command.addAll(
                    Files.isSymbolicLink(path)
                            ? List.of("--symlink", "usr/" + link, path.toString())
                            : List.of("--ro-bind-try", path.toString(), path.toString()));
        }
        command.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        if (forbids) {
            command.add("--disable-userns");
        }
        command.addAll(List.of("--", "/bin/true"));
        var result = run(command);
        return result.succeeded() ? Optional.empty() : Optional.of(explain(result));
    }

    /** Gives up everything that makes a process of root's special, for good. */
    static List<String> dropTo(int uid) {
        return List.of(
                "setpriv",
                "--reuid=" + uid,
                "--regid=" + uid,
                "--clear-groups",
                "--no-new-privs",
                "--bounding-set=-all",
                "--inh-caps=-all");
    }

    private static String explain(Result result) {
        LOG.debug("The trial sandbox failed: {}", result.output());
        return explain(
                result.lastLine(),
                setting("kernel/unprivileged_userns_clone"),
                setting("user/max_user_namespaces"),
                setting("kernel/apparmor_restrict_unprivileged_userns"));
    }

    static String explain(String line, @Nullable String allowed, @Nullable String most, @Nullable String restricted) {
        if ("0".equals(allowed)) {
            return "User namespaces are switched off for ordinary users: run "
                    + "\"sysctl -w kernel.unprivileged_userns_clone=1\" and keep it in /etc/sysctl.d.";
        }
        if ("0".equals(most)) {
            return "User namespaces are switched off: run \"sysctl -w user.max_user_namespaces=15000\" and keep it in "
                    + "/etc/sysctl.d.";
        }
        if ("1".equals(restricted)) {
            return "AppArmor keeps bubblewrap from using user namespaces, as on Ubuntu since 23.10: give /usr/bin/bwrap "
                    + "an AppArmor profile that allows \"userns\", or run "
                    + "\"sysctl -w kernel.apparmor_restrict_unprivileged_userns=0\". bubblewrap says: " + line;
        }
        if (line.contains("proc")) {
            return "A sandbox cannot have a /proc of its own here, as in a container that masks parts of /proc: start "
                    + "the container with --security-opt systempaths=unconfined. bubblewrap says: " + line;
        }
        return "A sandbox cannot be made here; inside a container, allow it user namespaces and mounts, for example by "
                + "--security-opt seccomp=unconfined. bubblewrap says: " + line;
    }

    private static @Nullable String setting(String name) {
        try {
            return Files.readString(Path.of("/proc/sys", name)).strip();
        } catch (IOException e) {
            return null;
        }
    }

    private static Result run(List<String> command) throws InterruptedException {
        try {
            return Commands.run(LIMIT, command);
        } catch (IOException e) {
            return new Result(-1, String.valueOf(e.getMessage()));
        }
    }

    /** A place for mounts that only the workspace's own mount namespace sees, away from all that is mounted there. */
    static Path stage(Path... used) {
        return Stream.of("/mnt", "/srv", "/media", "/run")
                .map(Path::of)
                .filter(Files::isDirectory)
                .filter(stage -> Stream.of(used).noneMatch(path -> path.startsWith(stage)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "None of /mnt, /srv, /media and /run is free of the server's own directories."));
    }
}
