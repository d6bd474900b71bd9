package dev.cloister.provisioner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** Control groups, version 2 (Documentation/admin-guide/cgroup-v2). */
final class VersionTwoLimits implements ControlGroups.LimitFiles {
    private static final int PERIOD_MICROS = 100_000;

    @Override
    public void delegate(Path group, Set<Resource> resources) throws IOException {
        var wanted = resources.stream()
                .sorted()
                .map(resource -> "+" + controller(resource))
                .collect(Collectors.joining(" "));
        ControlGroups.write(group.resolve("cgroup.subtree_control"), wanted);
    }

    static String controller(Resource resource) {
        return switch (resource) {
            case MEMORY -> "memory";
            case PROCESSES -> "pids";
            case CPU -> "cpu";
        };
    }

    @Override
    public void limit(Path group, Resource resource, Limits limits) throws IOException {
        switch (resource) {
            case MEMORY -> {
                ControlGroups.write(group.resolve("memory.max"), "" + limits.memoryBytes());
                writeIfThere(group.resolve("memory.swap.max"), "0");
                // Half a workspace is worse than none: its supervisor, outside this group, starts it anew.
                writeIfThere(group.resolve("memory.oom.group"), "1");
            }
            case PROCESSES -> ControlGroups.write(group.resolve("pids.max"), "" + limits.processes());
            case CPU -> {
                var quota = Math.max(1000L, (long) limits.cpuMillis() * PERIOD_MICROS / 1000);
                ControlGroups.write(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
            }
        }
    }

    private static void writeIfThere(Path file, String value) throws IOException {
        if (Files.exists(file)) {
            ControlGroups.write(file, value);
        }
    }

    @Override
    public void kill(Path group) {
        try {
            writeIfThere(group.resolve("cgroup.kill"), "1");
        } catch (IOException e) {
            // It only helps: the caller ends process by process until none is left.
        }
    }
}
