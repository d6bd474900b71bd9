package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.sandbox.WorkspaceEvents.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures homes that are plain directories, now and then, and stops a workspace whose home has outgrown its limit. */
final class DiskWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** At most this part of the time is spent measuring. */
    private static final int SHARE = 20;

    private final Workspaces workspaces;
    private final WorkspaceEvents events;
    private final Map<UUID, Long> next = new ConcurrentHashMap<>();

    DiskWatch(Workspaces workspaces, WorkspaceEvents events) {
        this.workspaces = workspaces;
        this.events = events;
    }

    /** Forgets all others. */
    void keepOnly(Set<UUID> workspaces) {
        next.keySet().retainAll(workspaces);
    }

    void look(UUID workspaceId) throws InterruptedException {
        var now = System.nanoTime();
        var due = next.get(workspaceId);
        if (due != null && now - due < 0) {
            return;
        }
        try {
            measure(workspaceId);
        } catch (IOException | BuildException e) {
            LOG.warn("The home of workspace {} could not be measured: {}", workspaceId, e.getMessage());
        }
        var took = System.nanoTime() - now;
        next.put(workspaceId, now + Math.max(LEAST_INTERVAL.toNanos(), took * SHARE));
    }

    private void measure(UUID workspaceId) throws IOException, BuildException, InterruptedException {
        var directory = workspaces.directories().of(workspaceId);
        var plan = Records.plan(directory);
        if (plan.isEmpty() || plan.get().home() != HomeVolume.Kind.DIRECTORY) {
            return;
        }
        var used = Commands.run(
                LONGEST,
                "du",
                "-s",
                "-k",
                "--one-file-system",
                "--",
                directory.volume().toString());
        var bytes = kibibytes(used.output()) * 1024;
        if (bytes > plan.get().limits().diskBytes()) {
            workspaces.stop(workspaceId, Progress.silent());
            events.happened(
                    workspaceId,
                    Kind.DISK_EXCEEDED,
                    "The home holds " + (bytes >> 20) + " MiB, more than its "
                            + (plan.get().limits().diskBytes() >> 20)
                            + " MiB, so the workspace was stopped: ask for more disk.");
        }
    }

    /** du complains about what it may not read, and still ends with its sum. */
    private static long kibibytes(String output) {
        return output.lines()
                .filter(line -> line.matches("[0-9]{1,15}\\s.*"))
                .reduce((_, last) -> last)
                .map(line -> Long.parseLong(line.split("\\s", 2)[0]))
                .orElse(0L);
    }
}
