package dev.cloister.provisioner.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The control groups of all workspaces of this installation. Each workspace has a group with two below it: {@code keep}
 * for its supervisor, and {@code box} for everything inside, with the limits. With version 1 the same tree exists once
 * for each controller.
 */
final class ControlGroups {
    /** No group can be made; nothing is limited by one. */
    static final ControlGroups NONE = new ControlGroups(Map.of(), new VersionTwoLimits());

    private static final String PROCESSES = "cgroup.procs";

    private final Map<Resource, Path> controllers;
    private final LimitFiles files;
    private final Set<Path> bases;

    /** @param controllers the directory of this installation, by controller; the same one for all with version 2 */
    ControlGroups(Map<Resource, Path> controllers, LimitFiles files) {
        this.controllers = Map.copyOf(controllers);
        this.files = files;
        this.bases = new TreeSet<>(controllers.values());
    }

    /** The files of a version of control groups that hold limits. */
    interface LimitFiles {
        /** Makes controllers available below a group. */
        void delegate(Path group, Set<Resource> resources) throws IOException;

        void limit(Path group, Resource resource, Limits limits) throws IOException;

        /** Keeps a group from growing while it is ended, and ends it if the kernel can do that at once. */
        void kill(Path group);
    }

    /** The directories whose {@code cgroup.procs} a process enters. */
    record Placement(List<Path> keep, List<Path> box) {}

    Set<Resource> enforced() {
        return controllers.keySet();
    }

    /** Makes the groups of a workspace, or brings those that exist up to date. */
    synchronized Placement prepare(UUID workspaceId, Limits limits) throws IOException {
        for (var base : bases) {
            var group = base.resolve(workspaceId.toString());
            Files.createDirectories(group);
            files.delegate(base, enforced());
            files.delegate(group, enforced());
            Files.createDirectories(group.resolve("keep"));
            Files.createDirectories(group.resolve("box"));
        }
        for (var controller : controllers.entrySet()) {
            var box = controller.getValue().resolve(workspaceId.toString()).resolve("box");
            files.limit(box, controller.getKey(), limits);
        }
        return new Placement(below(workspaceId, "keep"), below(workspaceId, "box"));
    }

    private List<Path> below(UUID workspaceId, String name) {
        return bases.stream()
                .map(base -> base.resolve(workspaceId.toString()).resolve(name))
                .toList();
    }

    /** All processes in the workspace's groups. */
    Set<Long> members(UUID workspaceId) {
        var members = new HashSet<Long>();
        for (var name : List.of("keep", "box")) {
            below(workspaceId, name).forEach(group -> members.addAll(processes(group)));
        }
        return members;
    }

    private static Collection<Long> processes(Path group) {
        try {
            return Files.readAllLines(group.resolve(PROCESSES)).stream()
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    void kill(UUID workspaceId) {
        for (var name : List.of("keep", "box")) {
            below(workspaceId, name).forEach(files::kill);
        }
    }

    /**
     * Removes the workspace's groups, and this installation's with the last of them; those that still hold processes
     * stay for another time.
     */
    synchronized void remove(UUID workspaceId) {
        for (var base : bases) {
            var group = base.resolve(workspaceId.toString());
            for (var path : List.of(group.resolve("box"), group.resolve("keep"), group, base)) {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    // Not empty yet: the next build or reconciliation removes it.
                }
            }
        }
    }

    /** Removes this installation's own group if no workspace has one. */
    synchronized void tidy() {
        for (var base : bases) {
            try {
                Files.deleteIfExists(base);
            } catch (IOException e) {
                // Workspaces run on.
            }
        }
    }

    /** The workspaces that have groups here. */
    Set<UUID> present() {
        return bases.stream().flatMap(base -> children(base).stream()).collect(Collectors.toSet());
    }

    private static List<UUID> children(Path base) {
        try (var entries = Files.list(base)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                    .map(UUID::fromString)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    static void write(Path file, String value) throws IOException {
        Files.writeString(file, value);
    }
}
