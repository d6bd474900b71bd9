package dev.cloister.cli.ssh;

import dev.cloister.cli.session.CommandException;
import dev.cloister.tunnel.Transport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;

/**
 * A way from OpenSSH to this very process: two named pipes in a directory that only this account can enter, and a few
 * words for the shell that ssh runs as its ProxyCommand. A second process of ours would have to be started for each
 * connection, which takes longer than everything else that ssh does.
 */
final class Passage implements AutoCloseable {
    private static final String SCRIPT = "way";
    private static final String UP = "up";
    private static final String DOWN = "down";
    private static final String KNOWN = "known_hosts";

    private final Path directory;
    private final Process pipes;
    private final Thread end = new Thread(this::remove);

    private Passage(Path directory) throws IOException {
        this.directory = directory;
        this.pipes = new ProcessBuilder(
                        "mkfifo", file(UP).toString(), file(DOWN).toString())
                .redirectErrorStream(true)
                .start();
    }

    /** Opens the stream once ssh is there. */
    interface Stream {
        Transport open() throws IOException, CommandException;
    }

    /** Begins to make one, which takes a moment; there is other work to do meanwhile. */
    static Passage make() throws IOException, CommandException {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var directory = Files.createTempDirectory("cloister-", mode);
        SshText.command(List.of(directory.toString())); // refuses what cannot stand between quotes
        var passage = new Passage(directory);
        Runtime.getRuntime().addShutdownHook(passage.end);
        try {
            // The first cat ends with the workspace's side, the second with ssh.
            Files.writeString(
                    passage.file(SCRIPT), "cd '%s' && { cat <%s & exec cat >%s; }\n".formatted(directory, DOWN, UP));
            return passage;
        } catch (IOException | RuntimeException e) {
            passage.close();
            throw e;
        }
    }

    private void awaitPipes() throws IOException {
        try {
            if (pipes.waitFor() != 0) {
                throw new IOException(
                        "mkfifo: " + new String(pipes.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Making a way for ssh was interrupted.");
        }
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    /** A file for the one line of {@link #know}. */
    Path knownHosts() {
        return file(KNOWN);
    }

    /** Says which key ssh has to find at the other end; before the first byte of that is carried. */
    void know(String line) throws IOException {
        Files.writeString(knownHosts(), line + "\n");
    }

    /** What ssh has to run. */
    String command() throws CommandException {
        return SshText.command(List.of("sh", file(SCRIPT).toString()));
    }

    /**
     * Waits for ssh on a thread of its own, and carries its bytes until either side ends.
     *
     * @param failed told why there is no stream, or no longer
     */
    void carry(Stream stream, Consumer<Exception> failed) throws IOException {
        awaitPipes();
        Thread.ofPlatform().daemon().name("passage").start(() -> {
            try (var in = FileChannel.open(file(UP), StandardOpenOption.READ);
                    var out = FileChannel.open(file(DOWN), StandardOpenOption.WRITE)) {
                carry(in, out, stream, failed);
            } catch (IOException e) {
                failed.accept(e);
            }
        });
    }

    /** Tells of a failure before the pipes are closed: this process ends soon after ssh has seen that. */
    private static void carry(FileChannel in, FileChannel out, Stream stream, Consumer<Exception> failed) {
        try (var opened = stream.open()) {
            StdioBridge.carry(in, out, opened);
        } catch (IOException | CommandException | RuntimeException e) {
            failed.accept(e);
        }
    }

    private void remove() {
        try {
            for (var name : List.of(UP, DOWN, SCRIPT, KNOWN)) {
                Files.deleteIfExists(file(name));
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // It holds nothing; the system clears its place for temporary files.
        }
    }

    @Override
    public void close() {
        pipes.destroy();
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            // it is running
        }
    }
}
