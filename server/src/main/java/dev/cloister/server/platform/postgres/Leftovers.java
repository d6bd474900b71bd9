package dev.cloister.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what an earlier server left behind in the same directory. Only called under the directory's lock, so whatever
 * PostgreSQL still runs there has no server any more. Its processes are known by their working directory, never by a
 * process id in a file alone: after a restart of the machine that id may be somebody else's.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final ClusterPaths paths;

    Leftovers(ClusterPaths paths) {
        this.paths = paths;
    }

    void removeUnfinishedFiles() throws EmbeddedPostgresException {
        try (var files = Files.newDirectoryStream(paths.directory(), ClusterPaths.TEMPORARY_PREFIX + "*")) {
            for (var file : files) {
                OwnedDirectory.deleteTree(file);
            }
        } catch (IOException e) {
            throw Advice.io("Unfinished files of an earlier start cannot be removed", paths.directory(), e);
        }
    }

    void stopProcesses() throws EmbeddedPostgresException, InterruptedException {
        var file = PostmasterFile.read(paths.postmasterFile());
        if (file == null && !Files.exists(paths.postmasterFile())) {
            return;
        }
        if (file != null && processes().contains(file.pid())) {
            LOG.info("Stopping the PostgreSQL (process {}) that an earlier server left running", file.pid());
            Signal.FAST_SHUTDOWN.send(file.pid());
            if (!allEndedWithin(Duration.ofSeconds(20))) {
                Signal.IMMEDIATE_SHUTDOWN.send(file.pid());
            }
        }
        if (!allEndedWithin(Duration.ofSeconds(5))) {
            for (var pid : processes()) {
                LOG.warn("Killing PostgreSQL's process {}, which did not stop", pid);
                Signal.KILL.send(pid);
            }
        }
        if (!allEndedWithin(Duration.ofSeconds(5))) {
            throw new EmbeddedPostgresException(
                    "Processes of an earlier PostgreSQL (%s) still use %s and cannot be ended. Is its disk hanging?"
                            .formatted(processes(), paths.data()));
        }
        try {
            Files.deleteIfExists(paths.postmasterFile());
        } catch (IOException e) {
            throw Advice.io("The file of an earlier PostgreSQL cannot be removed", paths.postmasterFile(), e);
        }
    }

    private boolean allEndedWithin(Duration limit) throws InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!processes().isEmpty()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(10);
        }
        return true;
    }

    /** All processes whose working directory is the data directory: the postmaster and its children. */
    List<Long> processes() {
        var data = fileKey(paths.data());
        if (data == null) {
            return List.of();
        }
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> Objects.equals(fileKey(Path.of("/proc/" + pid + "/cwd")), data) && isPostgres(pid))
                .toList();
    }

    private static boolean isPostgres(long pid) {
        try {
            var program =
                    Files.readSymbolicLink(Path.of("/proc/" + pid + "/exe")).toString();
            return program.replace(" (deleted)", "").endsWith("/postgres");
        } catch (IOException endedOrNotOurs) {
            return false;
        }
    }

    private static @Nullable Object fileKey(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException endedOrNotOurs) {
            return null;
        }
    }
}
