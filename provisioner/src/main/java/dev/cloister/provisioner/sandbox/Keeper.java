package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.sandbox.WorkspaceEvents.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches over workspaces between builds: puts right what a crash of the server or of a supervisor left. */
final class Keeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 5;
    private static final int AT_ONCE = 4;

    private final Workspaces workspaces;
    private final WorkspaceEvents events;
    private final DiskWatch disks;
    private final Map<UUID, Integer> failures = new ConcurrentHashMap<>();
    private final Thread watcher;

    Keeper(Workspaces workspaces, WorkspaceEvents events) {
        this.workspaces = workspaces;
        this.events = events;
        this.disks = new DiskWatch(workspaces, events);
        this.watcher = Thread.ofVirtual().name("sandbox-keeper").start(this::watch);
    }

    void reconcile(Set<UUID> expected, Set<UUID> underWay) {
        var all = new HashSet<>(expected);
        try {
            all.addAll(workspaces.withRemains());
            workspaces.directories().all().forEach(directory -> all.add(directory.workspaceId()));
        } catch (IOException e) {
            LOG.error("The workspaces' directory cannot be read; leftovers stay for now: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        settleAll(all, expected, underWay);
    }

    private void settleAll(Set<UUID> all, Set<UUID> expected, Set<UUID> underWay) {
        var places = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var id : all) {
                threads.execute(() -> {
                    places.acquireUninterruptibly();
                    try {
                        settle(id, expected.contains(id), underWay.contains(id));
                    } finally {
                        places.release();
                    }
                });
            }
        }
    }

    private void settle(UUID id, boolean shouldRun, boolean underWay) {
        try {
            if (underWay && workspaces.leave(id, shouldRun)) {
                return;
            }
            var running = workspaces.settle(id, shouldRun);
            if (shouldRun && !running) {
                events.happened(
                        id, Kind.LOST, "Nothing is left from which the workspace could be launched; start it again.");
            }
        } catch (IOException | BuildException | RuntimeException e) {
            LOG.error("Workspace {} could not be put right: {}", id, e.getMessage());
            if (shouldRun) {
                events.happened(id, Kind.LOST, "It could not be launched again: " + e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                var wanted = workspaces.wanted();
                disks.keepOnly(wanted);
                failures.keySet().retainAll(wanted);
                for (var id : wanted) {
                    if (workspaces.isRunning(id)) {
                        failures.remove(id);
                        disks.look(id);
                    } else {
                        revive(id);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The supervisor itself was killed: by the kernel for want of memory, say, or by a person. */
    private void revive(UUID id) throws InterruptedException {
        try {
            if (workspaces.revive(id)) {
                events.happened(id, Kind.RELAUNCHED, "Its supervisor had died; the workspace was launched again.");
            }
        } catch (IOException | BuildException | RuntimeException e) {
            LOG.warn("Workspace {} died and could not be launched again: {}", id, e.getMessage());
            if (failures.merge(id, 1, Integer::sum) >= ATTEMPTS) {
                failures.remove(id);
                workspaces.giveUp(id);
                events.happened(id, Kind.LOST, "It died and could not be launched again: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
        try {
            watcher.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
