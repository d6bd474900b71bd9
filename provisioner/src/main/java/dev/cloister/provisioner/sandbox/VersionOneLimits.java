package dev.cloister.provisioner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Control groups, version 1 (Documentation/admin-guide/cgroup-v1). */
final class VersionOneLimits implements ControlGroups.LimitFiles {
    private static final int PERIOD_MICROS = 100_000;

    @Override
    public void delegate(Path group, Set<Resource> resources) {}

    @Override
    public void limit(Path group, Resource resource, Limits limits) throws IOException {
        switch (resource) {
            case MEMORY -> memory(group, limits.memoryBytes());
            case PROCESSES -> ControlGroups.write(group.resolve("pids.max"), "" + limits.processes());
            case CPU -> {
                ControlGroups.write(group.resolve("cpu.cfs_period_us"), "" + PERIOD_MICROS);
                var quota = Math.max(1000L, (long) limits.cpuMillis() * PERIOD_MICROS / 1000);
                ControlGroups.write(group.resolve("cpu.cfs_quota_us"), "" + quota);
            }
        }
    }

    /** Memory with swap can never be below memory alone: which of the two goes first depends on the direction. */
    private static void memory(Path group, long bytes) throws IOException {
        var memory = group.resolve("memory.limit_in_bytes");
        var withSwap = group.resolve("memory.memsw.limit_in_bytes");
        if (!Files.exists(withSwap)) {
            ControlGroups.write(memory, "" + bytes);
            return;
        }
        if (Long.parseLong(Files.readString(withSwap).strip()) < bytes) {
            ControlGroups.write(withSwap, "" + bytes);
        }
        ControlGroups.write(memory, "" + bytes);
        ControlGroups.write(withSwap, "" + bytes);
    }

    @Override
    public void kill(Path group) {
        try {
            if (Files.exists(group.resolve("pids.max"))) {
                ControlGroups.write(group.resolve("pids.max"), "0");
            }
        } catch (IOException e) {
            // It only helps: the caller ends process by process until none is left.
        }
    }
}
