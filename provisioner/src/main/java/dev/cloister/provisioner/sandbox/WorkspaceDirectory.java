package dev.cloister.provisioner.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the host keeps of one workspace: a directory that only the server's user can enter. */
record WorkspaceDirectory(UUID workspaceId, Path path) {
    private static final String PRIVATE = "rw-------";

    /** Files are complete or not there, whenever the machine stops: written beside and moved. */
    enum Durability {
        /** Made again by the next start. */
        NORMAL,
        /** On the disk before anybody relies on it. */
        SYNCED
    }

    void create() throws IOException {
        directory(path, "rwx------");
    }

    boolean exists() {
        return Files.isDirectory(path);
    }

    /** Raw file system with the home inside; absent where homes are directories. */
    Path homeImage() {
        return path.resolve("home.img");
    }

    /** Mounted over by the image, or holding the home itself. */
    Path volume() {
        return path.resolve("volume");
    }

    /** Credentials of the agent. */
    Path bootstrap() {
        return path.resolve("bootstrap");
    }

    /** Seen inside as {@code /run/cloister}. */
    Path run() {
        return path.resolve("run");
    }

    Path egressSocket() {
        return run().resolve("egress.sock");
    }

    /** Files that replace or complete {@code /etc} inside. */
    Path etc() {
        return path.resolve("etc");
    }

    /** What is to run; its presence means that the workspace should run. */
    Path runFile() {
        return path.resolve("run.json");
    }

    /** What ran before the last stop. */
    Path lastRunFile() {
        return path.resolve("last.json");
    }

    /** The process that supervises it. */
    Path supervisor() {
        return path.resolve("supervisor.json");
    }

    /** Written by the sandbox once it is set up. */
    Path ready() {
        return path.resolve("ready");
    }

    /** Its presence keeps the supervisor from starting anything again. */
    Path stopMark() {
        return path.resolve("stop");
    }

    /** Its presence means that everything here is to go. */
    Path deleteMark() {
        return path.resolve("delete");
    }

    Path agentLog() {
        return path.resolve("agent.log");
    }

    Path supervisorLog() {
        return path.resolve("supervisor.log");
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** Puts on the disk what the workspace is to be found by after a loss of power; slow, and nothing waits for it. */
    void sync() {
        for (var file : List.of(file("uid"), file("ssh_host_key"), file("ssh_host_key.pub"), bootstrap(), runFile())) {
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            } catch (IOException e) {
                // Gone again, by a stop that came at once; or a disk whose trouble shows elsewhere.
            }
        }
    }

    Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void write(Path file, String content, Durability durability) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8), PRIVATE, durability);
    }

    void write(Path file, byte[] content, String permissions, Durability durability) throws IOException {
        var beside = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        Files.createFile(beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
        try (var channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (durability == Durability.SYNCED) {
                channel.force(true);
            }
        }
        Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString(permissions));
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes a directory with exactly these permissions, whatever the umask. */
    static void directory(Path directory, String permissions) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
    }
}
