package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.BuildLog.Level;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * The home of a workspace: a file system of fixed size in a sparse file, or a plain directory where the host has no
 * loop devices. It is made once and only ever grows.
 */
final class HomeVolume {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long MEBIBYTE = 1 << 20;
    private static final Path BLOCK_DEVICES = Path.of("/sys/block");

    private final Host host;

    HomeVolume(Host host) {
        this.host = host;
    }

    /** How a home is kept. */
    enum Kind {
        IMAGE,
        DIRECTORY
    }

    /** Makes the home if there is none, or enlarges it to what is asked. */
    Kind prepare(WorkspaceDirectory directory, long bytes, Progress progress)
            throws IOException, BuildException, InterruptedException {
        WorkspaceDirectory.directory(directory.volume(), "rwx--x--x");
        var image = directory.homeImage();
        if (Files.exists(image)) {
            if (!host.volumes()) {
                throw new BuildException("The home of this workspace is a file system image, and this host can no "
                        + "longer mount one: run the server as root, with e2fsprogs and loop devices. "
                        + "The home is untouched.");
            }
            resize(image, bytes, progress);
            return Kind.IMAGE;
        }
        if (!host.volumes() || Files.exists(directory.volume().resolve("home"))) {
            return Kind.DIRECTORY;
        }
        create(image, bytes);
        progress.say("Made a home of " + bytes / MEBIBYTE + " MiB.");
        return Kind.IMAGE;
    }

    private static void create(Path image, long bytes) throws IOException, BuildException, InterruptedException {
        var beside = image.resolveSibling(".home.img.new");
        Files.deleteIfExists(beside);
        try (var file = new RandomAccessFile(beside.toFile(), "rw")) {
            file.setLength(bytes);
        }
        // Tables are initialized by the kernel later, when they are used.
        var made = Commands.run(
                LIMIT, "mkfs.ext4", "-q", "-F", "-m", "0", "-E", "lazy_itable_init=1,lazy_journal_init=1,nodiscard",
                beside.toString());
        if (!made.succeeded()) {
            Files.deleteIfExists(beside);
            throw new BuildException("The home's file system could not be made: " + made.lastLine() + ".");
        }
        Files.move(beside, image, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void resize(Path image, long bytes, Progress progress) throws IOException {
        var present = Files.size(image);
        if (present < bytes) {
            try (var file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(bytes);
            }
            progress.say("The home grows from " + present / MEBIBYTE + " to " + bytes / MEBIBYTE + " MiB.");
        } else if (present > bytes) {
            progress.say(Level.WARN, "The home keeps its " + present / MEBIBYTE + " MiB although the template asks for "
                    + bytes / MEBIBYTE + " MiB: homes are never made smaller.");
        }
    }

    /** Whether the kernel still has the image open; it lets go a moment after the last process has ended. */
    static boolean isMounted(Path image) throws IOException {
        try (var devices = Files.newDirectoryStream(BLOCK_DEVICES, "loop*")) {
            for (var device : devices) {
                var backing = device.resolve("loop/backing_file");
                if (Files.exists(backing) && backs(backing, image)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean backs(Path backing, Path image) {
        try {
            return Files.readString(backing).strip().equals(image.toString());
        } catch (IOException e) {
            // The device was let go of between the two looks.
            return false;
        }
    }
}
