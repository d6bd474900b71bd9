package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.BuildLog.Level;
import dev.cloister.provisioner.sandbox.ProcessTable.Identity;
import dev.cloister.provisioner.sandbox.WorkspaceDirectory.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Brings a workspace to rest: first asks the agent, which runs the shutdown scripts, then ends what is left. */
final class Stopper {
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration SPEAK = Duration.ofSeconds(5);

    private final Remains remains;
    private final Duration grace;

    Stopper(Remains remains, Duration grace) {
        this.remains = remains;
        this.grace = grace;
    }

    /** Asks and waits before ending everything. */
    void gracefully(WorkspaceDirectory directory, Progress progress)
            throws IOException, BuildException, InterruptedException {
        directory.write(directory.stopMark(), "", Durability.NORMAL);
        var supervisor = Records.supervisor(directory).filter(Identity::isAlive);
        var agent = supervisor.flatMap(identity -> agent(identity.pid()));
        if (supervisor.isPresent() && agent.isPresent() && agent.get().destroy()) {
            progress.say("Asked the agent to run the shutdown scripts and end.");
            awaitEnd(supervisor.get(), progress);
        }
        atOnce(directory);
    }

    /** Ends everything and forgets that the workspace should run. */
    void atOnce(WorkspaceDirectory directory) throws IOException, BuildException, InterruptedException {
        directory.write(directory.stopMark(), "", Durability.NORMAL);
        remains.end(directory);
        for (var file : List.of(directory.bootstrap(), directory.supervisor(), directory.ready())) {
            Files.deleteIfExists(file);
        }
        if (Files.exists(directory.runFile())) {
            Files.move(directory.runFile(), directory.lastRunFile(), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void awaitEnd(Identity supervisor, Progress progress) throws BuildException, InterruptedException {
        var began = System.nanoTime();
        var spoke = began;
        while (supervisor.isAlive()) {
            progress.check();
            var now = System.nanoTime();
            if (now - began > grace.toNanos()) {
                progress.say(
                        Level.WARN,
                        "The shutdown scripts did not end within " + grace.toSeconds()
                                + " seconds; everything is ended now.");
                return;
            }
            if (now - spoke > SPEAK.toNanos()) {
                progress.say("Still waiting for the shutdown scripts.");
                spoke = now;
            }
            Thread.sleep(POLL);
        }
    }

    /** The first process inside the sandbox is its init; the second becomes the agent. */
    private static Optional<ProcessHandle> agent(long supervisor) {
        return ProcessTable.descendants(supervisor).stream()
                .filter(pid -> {
                    var pids = ProcessTable.namespacePids(pid);
                    return pids.size() > 1 && pids.getLast() == 2L;
                })
                .findFirst()
                .flatMap(ProcessHandle::of);
    }
}
