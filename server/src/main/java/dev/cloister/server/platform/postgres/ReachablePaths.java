package dev.cloister.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Lets PostgreSQL's account reach its directories when one above them is closed to it, as {@code /root} and the
 * directories of {@code mktemp -d} are. Opening those to everybody would be wrong; instead the process gets a mount
 * namespace in which the closed directory is replaced by an empty one that holds only what is needed.
 */
final class ReachablePaths {
    private ReachablePaths() {}

    /** The beginning of a command line that makes the paths reachable; empty where they are. */
    static List<String> opening(RunAs account, List<Path> needed) throws IOException {
        var closed = closedAncestors(account, needed);
        if (!account.changes() || closed.isEmpty()) {
            return List.of();
        }
        var command = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private", "--", "sh", "-c"));
        command.add(script(needed.size(), closed.size()));
        command.add("sh");
        needed.forEach(path -> command.add(path.toString()));
        closed.forEach(path -> command.add(path.toString()));
        return command;
    }

    /** The first directory on the way to each path that the account may not pass. */
    static List<Path> closedAncestors(RunAs account, List<Path> needed) throws IOException {
        var closed = new LinkedHashSet<Path>();
        for (var path : needed) {
            for (var depth = 0; depth < path.getNameCount(); depth++) {
                var ancestor = depth == 0 ? path.getRoot() : path.getRoot().resolve(path.subpath(0, depth));
                if (!passable(ancestor, account)) {
                    closed.add(ancestor);
                    break;
                }
            }
        }
        return List.copyOf(closed);
    }

    private static boolean passable(Path directory, RunAs account) throws IOException {
        var mode = number(directory, "unix:mode");
        if (number(directory, "unix:uid") == account.uid()) {
            return (mode & 0100) != 0;
        }
        if (number(directory, "unix:gid") == account.gid()) {
            return (mode & 0010) != 0;
        }
        return (mode & 0001) != 0;
    }

    private static int number(Path path, String attribute) throws IOException {
        return (Integer) Files.getAttribute(path, attribute);
    }

    /** The needed directories are held open while the way to them is replaced, then bound at their old names. */
    private static String script(int needed, int closed) {
        var script = new StringBuilder("set -e; umask 022\n");
        for (var i = 1; i <= needed; i++) {
            script.append("exec %d<\"${%d}\"\n".formatted(2 + i, i));
        }
        for (var i = needed + 1; i <= needed + closed; i++) {
            script.append("mount -t tmpfs -o mode=0755,size=256k,nosuid,nodev cloister \"${%d}\"\n".formatted(i));
        }
        for (var i = 1; i <= needed; i++) {
            script.append("mkdir -p \"${%d}\"\n".formatted(i));
            script.append("mount --no-canonicalize --bind /proc/self/fd/%d \"${%d}\"\n".formatted(2 + i, i));
        }
        for (var i = 1; i <= needed; i++) {
            script.append("exec %d<&-\n".formatted(2 + i));
        }
        for (var i = needed + 1; i <= needed + closed; i++) {
            script.append("mount -o remount,ro,nosuid,nodev \"${%d}\"\n".formatted(i));
        }
        return script.append("shift %d\nexec \"$@\"\n".formatted(needed + closed))
                .toString();
    }
}
