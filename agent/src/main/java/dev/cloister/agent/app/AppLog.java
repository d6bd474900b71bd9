package dev.cloister.agent.app;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where an app's output goes: a file of at most {@link #MOST} bytes in the user's home, and the one before it. */
final class AppLog implements Closeable {
    static final long MOST = 1024 * 1024;

    private final Path file;
    private OutputStream output;
    private long size;

    AppLog(Path directory, String name) throws IOException {
        Files.createDirectories(directory);
        this.file = directory.resolve(name + ".log");
        this.output = open();
    }

    void write(byte[] chunk, int length) throws IOException {
        if (size + length > MOST) {
            output.close();
            output = open();
        }
        output.write(chunk, 0, length);
        size += length;
    }

    private OutputStream open() throws IOException {
        if (Files.exists(file, NOFOLLOW_LINKS)) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        size = 0;
        // Not through a link: it could lead to where the agent may write and nobody else.
        return Files.newOutputStream(file, CREATE_NEW, WRITE, NOFOLLOW_LINKS);
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
