package dev.cloister.provisioner.terraform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server that was killed has left of its runs: ends the Terraform that may still go on, hands over the state that
 * it has written, without which nobody would know what it has made, and removes the rest.
 */
final class LeftRuns {
    static final Logger LOG = LoggerFactory.getLogger(LeftRuns.class);

    private final Path runs;
    private final StateSalvage salvage;

    LeftRuns(Path runs, StateSalvage salvage) {
        this.runs = runs;
        this.salvage = salvage;
    }

    static Path prepare(Path directory) throws IOException {
        var runs = directory.resolve("runs");
        Files.createDirectories(runs);
        // Accounts of runs must pass, and may not look around.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        Files.setPosixFilePermissions(runs, PosixFilePermissions.fromString("rwx--x--x"));
        return runs;
    }

    void remove() {
        for (Path root : list()) {
            var left = RunDirectory.left(root);
            try {
                end(left);
                byte[] state = left.state();
                Optional<UUID> build = left.build();
                if (build.isPresent() && state.length > 0) {
                    salvage.salvage(build.get(), state);
                }
                left.close();
            } catch (IOException | RuntimeException e) {
                LOG.error("what a run has left in {} could not be dealt with", root, e);
            }
        }
    }

    private List<Path> list() {
        try (Stream<Path> children = Files.list(runs)) {
            return children.toList();
        } catch (IOException e) {
            LOG.error("the directory of runs, {}, cannot be read", runs, e);
            return List.of();
        }
    }

    /** Only the very process that worked there: its id may be another's by now. */
    private static void end(RunDirectory left) {
        try {
            long pid = Long.parseLong(Files.readString(left.processFile()).strip());
            Path works = Path.of("/proc", Long.toString(pid), "cwd").toRealPath();
            if (works.equals(left.work().toRealPath())) {
                ProcessHandle.of(pid).ifPresent(process -> {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                    process.onExit()
                            .orTimeout(5, TimeUnit.SECONDS)
                            .exceptionally(e -> process)
                            .join();
                });
            }
        } catch (IOException | NumberFormatException e) {
            LOG.debug("no process of the run in {} is left", left.root());
        }
    }
}
