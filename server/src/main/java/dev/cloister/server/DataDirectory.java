package dev.cloister.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory of everything the server keeps: for nobody else to read. */
final class DataDirectory {
    private DataDirectory() {}

    static Path prepare(Path directory) throws IOException {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
            if (!Files.isWritable(directory)) {
                throw new AccessDeniedException(directory.toString());
            }
            return directory;
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    "The data directory " + directory + " is a file. Choose a directory with --data-dir.", e);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "The data directory " + directory + " cannot be written by this account. Choose another"
                            + " with --data-dir, or change its owner.",
                    e);
        } catch (FileSystemException e) {
            throw new IOException(
                    "The data directory " + directory + " cannot be made (" + e.getReason()
                            + "). Choose another with --data-dir.",
                    e);
        }
    }
}
