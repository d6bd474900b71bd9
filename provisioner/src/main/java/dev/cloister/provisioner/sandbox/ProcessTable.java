package dev.cloister.provisioner.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** The host's processes, read from {@code /proc}. They come and go while one looks; what has gone is left out. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final int START_TIME = 19;

    private ProcessTable() {}

    /**
     * A process that is not mistaken for a later one with the same number.
     *
     * @param startTicks since boot, field 22 of {@code /proc/PID/stat}
     */
    record Identity(long pid, long startTicks, String bootId) {
        boolean isAlive() {
            return bootId.equals(bootId())
                    && stat(pid)
                            .map(stat -> !stat.isZombie() && stat.startTicks() == startTicks)
                            .orElse(false);
        }
    }

    private record Stat(long pid, long parent, char state, long startTicks) {
        boolean isZombie() {
            return state == 'Z' || state == 'X';
        }
    }

    static Optional<Identity> identify(long pid) {
        return stat(pid).filter(stat -> !stat.isZombie()).map(stat -> new Identity(pid, stat.startTicks(), bootId()));
    }

    /** Changes with every boot, after which process numbers begin anew. */
    static String bootId() {
        return read(PROC.resolve("sys/kernel/random/boot_id"))
                .map(String::strip)
                .orElse("");
    }

    static List<Long> all() {
        var pids = new ArrayList<Long>();
        try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            entries.forEach(entry -> pids.add(Long.parseLong(entry.getFileName().toString())));
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("/proc cannot be read", e);
        }
        return pids;
    }

    /** Live processes that fulfil a condition. */
    static Set<Long> matching(Predicate<Long> condition) {
        var found = new HashSet<Long>();
        for (var pid : all()) {
            if (condition.test(pid) && stat(pid).map(stat -> !stat.isZombie()).orElse(false)) {
                found.add(pid);
            }
        }
        return found;
    }

    /** The process's environment as it was at its start; empty if it may not be read. */
    static String environment(long pid) {
        return read(PROC.resolve(pid + "/environ")).orElse("");
    }

    /** The real user id. */
    static OptionalLong user(long pid) {
        return status(pid, "Uid:")
                .map(ids -> OptionalLong.of(Long.parseLong(ids.split("\\s+", 2)[0])))
                .orElse(OptionalLong.empty());
    }

    /** The process's number in its innermost PID namespace, and in how many it has one. */
    static List<Long> namespacePids(long pid) {
        return status(pid, "NSpid:")
                .map(text -> List.of(text.split("\\s+", -1)).stream()
                        .map(Long::valueOf)
                        .toList())
                .orElse(List.of());
    }

    /** All processes below one, nearest first. */
    static List<Long> descendants(long ancestor) {
        var children = new HashMap<Long, List<Long>>();
        for (var pid : all()) {
            stat(pid)
                    .ifPresent(stat -> children.computeIfAbsent(stat.parent(), _ -> new ArrayList<>())
                            .add(pid));
        }
        var found = new ArrayList<Long>();
        collect(ancestor, children, found);
        return found;
    }

    private static void collect(long ancestor, Map<Long, List<Long>> children, List<Long> found) {
        var level = children.getOrDefault(ancestor, List.of());
        found.addAll(level);
        level.forEach(child -> collect(child, children, found));
    }

    private static Optional<String> status(long pid, String field) {
        return read(PROC.resolve(pid + "/status"))
                .flatMap(text ->
                        text.lines().filter(line -> line.startsWith(field)).findFirst())
                .map(line -> line.substring(field.length()).strip());
    }

    private static Optional<Stat> stat(long pid) {
        return read(PROC.resolve(pid + "/stat")).flatMap(text -> {
            // The name is in parentheses and may contain anything, these included.
            var end = text.lastIndexOf(')');
            var fields = end < 0 ? new String[0] : text.substring(end + 2).split(" ");
            return fields.length <= START_TIME
                    ? Optional.empty()
                    : Optional.of(new Stat(
                            pid, Long.parseLong(fields[1]), fields[0].charAt(0), Long.parseLong(fields[START_TIME])));
        });
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
