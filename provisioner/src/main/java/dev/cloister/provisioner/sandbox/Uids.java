package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.sandbox.WorkspaceDirectory.Durability;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;

/**
 * Gives every workspace a host user of its own. A number is on the disk before it is used and is free again when the
 * workspace's directory is gone. Numbers are drawn at random, so that two installations on one host hardly ever share
 * one.
 */
final class Uids {
    private static final int ATTEMPTS = 1000;

    private final UidRange range;
    private final WorkspaceDirectories directories;
    private final SecureRandom random = new SecureRandom();

    Uids(UidRange range, WorkspaceDirectories directories) {
        this.range = range;
        this.directories = directories;
    }

    /** The workspace's number, allocated if it has none. */
    synchronized int of(WorkspaceDirectory directory) throws IOException, BuildException {
        var file = directory.file("uid");
        var present = directory.read(file);
        // A machine that lost its power may have left the file empty; a home's owner is put right at the next launch.
        if (present.isPresent() && !present.get().isBlank()) {
            return Integer.parseInt(present.get().strip());
        }
        var uid = free();
        directory.write(file, Integer.toString(uid), Durability.NORMAL);
        return uid;
    }

    private int free() throws IOException, BuildException {
        var taken = taken();
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var uid = range.first() + random.nextInt(range.count());
            if (!taken.contains(uid)) {
                return uid;
            }
        }
        for (var uid = range.first(); range.contains(uid); uid++) {
            if (!taken.contains(uid)) {
                return uid;
            }
        }
        throw new BuildException("All " + range.count() + " user ids for workspaces are taken: delete workspaces or "
                + "configure a larger range.");
    }

    private Set<Integer> taken() throws IOException {
        var taken = new HashSet<Integer>();
        for (var directory : directories.all()) {
            directory
                    .read(directory.file("uid"))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .map(Integer::valueOf)
                    .ifPresent(taken::add);
        }
        for (var pid : ProcessTable.all()) {
            ProcessTable.user(pid).ifPresent(uid -> taken.add((int) uid));
        }
        return taken;
    }
}
