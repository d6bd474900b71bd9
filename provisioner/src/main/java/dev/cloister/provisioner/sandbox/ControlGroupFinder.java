package dev.cloister.provisioner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds control groups that this process may use: version 1 hierarchies as root; version 2 below the root group as
 * root, or below a group that was delegated to this user.
 */
final class ControlGroupFinder {
    private final Path mounts;
    private final Path ownGroups;

    ControlGroupFinder() {
        this(Path.of("/proc/self/mounts"), Path.of("/proc/self/cgroup"));
    }

    /** @param mounts and ownGroups in the form of the files of {@code /proc/self} */
    ControlGroupFinder(Path mounts, Path ownGroups) {
        this.mounts = mounts;
        this.ownGroups = ownGroups;
    }

    private record Mount(Path point, String type, Set<String> options) {}

    /** @param name of this installation's group, unlike that of any other on the host */
    ControlGroups find(String name, Privilege privilege) {
        try {
            var found = mounts();
            var one = privilege == Privilege.ROOT ? versionOne(found, name) : Map.<Resource, Path>of();
            return one.isEmpty() ? versionTwo(found, name, privilege) : new ControlGroups(one, new VersionOneLimits());
        } catch (IOException e) {
            return ControlGroups.NONE;
        }
    }

    private List<Mount> mounts() throws IOException {
        return Files.readAllLines(mounts).stream()
                .map(line -> line.split(" "))
                .filter(fields -> fields.length > 3)
                .map(fields ->
                        new Mount(Path.of(fields[1]), fields[2], new HashSet<>(Arrays.asList(fields[3].split(",")))))
                .toList();
    }

    private static Map<Resource, Path> versionOne(List<Mount> mounts, String name) {
        var found = new EnumMap<Resource, Path>(Resource.class);
        for (var resource : Resource.values()) {
            mounts.stream()
                    .filter(mount -> mount.type().equals("cgroup"))
                    .filter(mount -> mount.options().contains(VersionTwoLimits.controller(resource)))
                    .map(mount -> mount.point().resolve(name))
                    .filter(base -> usable(base, versionOneFile(resource)))
                    .findFirst()
                    .ifPresent(base -> found.put(resource, base));
        }
        return found;
    }

    private static String versionOneFile(Resource resource) {
        return switch (resource) {
            case MEMORY -> "memory.limit_in_bytes";
            case PROCESSES -> "pids.max";
            case CPU -> "cpu.cfs_quota_us";
        };
    }

    private static boolean usable(Path base, String file) {
        try {
            Files.createDirectories(base);
            return Files.isWritable(base.resolve(file));
        } catch (IOException e) {
            return false;
        }
    }

    private ControlGroups versionTwo(List<Mount> mounts, String name, Privilege privilege) throws IOException {
        var root = mounts.stream()
                .filter(mount -> mount.type().equals("cgroup2"))
                .map(Mount::point)
                .findFirst();
        if (root.isEmpty()) {
            return ControlGroups.NONE;
        }
        var parent = privilege == Privilege.ROOT ? root : delegated(root.get());
        return parent.map(group -> below(group, name)).orElse(ControlGroups.NONE);
    }

    /** The topmost group above our own that belongs to us: from there processes can be moved to a sibling. */
    private Optional<Path> delegated(Path root) throws IOException {
        var own = Files.readAllLines(ownGroups).stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> root.resolve(line.substring("0::/".length())))
                .findFirst();
        var topmost = Optional.<Path>empty();
        for (var group = own.orElse(root); group != null && !group.equals(root); group = group.getParent()) {
            if (!Files.isWritable(group) || !Files.isWritable(group.resolve("cgroup.procs"))) {
                break;
            }
            topmost = Optional.of(group);
        }
        return topmost;
    }

    private static ControlGroups below(Path parent, String name) {
        var base = parent.resolve(name);
        try {
            Files.createDirectories(base);
            enable(parent);
            var available = Set.of(
                    Files.readString(base.resolve("cgroup.controllers")).strip().split(" "));
            var controllers = EnumSet.allOf(Resource.class);
            controllers.removeIf(resource -> !available.contains(VersionTwoLimits.controller(resource)));
            var map = new EnumMap<Resource, Path>(Resource.class);
            controllers.forEach(resource -> map.put(resource, base));
            return map.isEmpty() ? ControlGroups.NONE : new ControlGroups(map, new VersionTwoLimits());
        } catch (IOException e) {
            return ControlGroups.NONE;
        }
    }

    /** One by one: a single controller that is not available would refuse them all. */
    private static void enable(Path group) {
        for (var resource : Resource.values()) {
            try {
                ControlGroups.write(
                        group.resolve("cgroup.subtree_control"), "+" + VersionTwoLimits.controller(resource));
            } catch (IOException e) {
                // Then it is not among the available ones, which are read afterwards.
            }
        }
    }
}
