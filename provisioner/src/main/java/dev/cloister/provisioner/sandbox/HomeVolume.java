package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.BuildLog.Level;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
                LIMIT,
                "mkfs.ext4",
                "-q",
                "-F",
                "-m",
                "0",
                "-E",
                "lazy_itable_init=1,lazy_journal_init=1,nodiscard",
                beside.toString());
        if (!made.succeeded()) {
            Files.deleteIfExists(beside);
            throw new BuildException("The home's file system could not be made: " + made.lastLine() + ".");
        }
        Files.move(beside, image, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Done while nothing has it mounted: enlarging a mounted file system needs a right that containers often lack. */
    private static void resize(Path image, long bytes, Progress progress)
            throws IOException, BuildException, InterruptedException {
        var present = Files.size(image);
        if (present < bytes) {
            try (var file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(bytes);
            }
            progress.say("The home grows from " + present / MEBIBYTE + " to " + bytes / MEBIBYTE + " MiB.");
        } else if (present > bytes) {
            progress.say(
                    Level.WARN,
                    "The home keeps its " + present / MEBIBYTE + " MiB although the template asks for "
                            + bytes / MEBIBYTE + " MiB: homes are never made smaller.");
        }
        // The file may also have grown in an earlier attempt that got no further.
        if (fileSystemBytes(image) + MEBIBYTE < Files.size(image)) {
            enlarge(image);
        }
    }

    private static void enlarge(Path image) throws IOException, BuildException, InterruptedException {
        var checked = Commands.run(LIMIT, "e2fsck", "-f", "-p", image.toString());
        // 1 and 2 say that something was put right.
        if (checked.status() < 0 || checked.status() > 2) {
            throw new BuildException("The home's file system is damaged and was left as it is: run \"e2fsck " + image
                    + "\" as root. e2fsck says: " + checked.lastLine());
        }
        var resized = Commands.run(LIMIT, "resize2fs", image.toString());
        if (!resized.succeeded()) {
            throw new BuildException("The home could not be enlarged: " + resized.lastLine() + ".");
        }
    }

    /** From the superblock (Documentation/filesystems/ext4/super.rst): blocks times their size. */
    private static long fileSystemBytes(Path image) throws IOException {
        try (var file = new RandomAccessFile(image.toFile(), "r")) {
            var block = new byte[1024];
            file.seek(1024);
            file.readFully(block);
            var superblock = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
            var blocks = Integer.toUnsignedLong(superblock.getInt(4)) | (long) superblock.getInt(0x150) << 32;
            return blocks << (10 + superblock.getInt(24));
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
