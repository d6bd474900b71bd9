package dev.cloister.provisioner.terraform;

import dev.cloister.provisioner.BuildCanceledException;
import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.Cancellation;
import java.io.IOException;
import java.time.Duration;

/** How long a run may go on: until it is cancelled, its time is over, or its directory is too large. */
final class Bounds {
    private static final long DISK_EVERY = Duration.ofSeconds(2).toNanos();

    private final Cancellation cancellation;
    private final RunDirectory directory;
    private final Duration limit;
    private final long diskLimit;
    private final long deadline;
    private long looked = System.nanoTime();

    Bounds(Cancellation cancellation, RunDirectory directory, Duration limit, long diskLimit) {
        this.cancellation = cancellation;
        this.directory = directory;
        this.limit = limit;
        this.diskLimit = diskLimit;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** @throws BuildException why the run must end now */
    void check() throws BuildException {
        if (cancellation.requested()) {
            throw new BuildCanceledException();
        }
        long now = System.nanoTime();
        if (now > deadline) {
            throw new BuildException("Terraform took longer than " + said(limit) + " and was ended.");
        }
        if (now - looked > DISK_EVERY) {
            looked = now;
            checkDisk();
        }
    }

    void checkDisk() throws BuildException {
        try {
            if (directory.size() > diskLimit) {
                throw new BuildException("Terraform wrote more than " + diskLimit / (1024 * 1024)
                        + " MiB into its directory and was ended.");
            }
        } catch (IOException e) {
            throw new BuildException("The directory of the run cannot be read.", e);
        }
    }

    private static String said(Duration limit) {
        return limit.toMinutes() > 0 ? limit.toMinutes() + " minutes" : limit.toSeconds() + " seconds";
    }
}
