package dev.cloister.agent.ssh;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/**
 * Keeps SFTP, which runs inside the agent, away from the agent's own entry under {@code /proc}: through {@code
 * /proc/self/mem} a user would read the agent's credential. The kernel refuses that too, since the files of a process
 * that is not dumpable belong to root, unless the workspace's user is root.
 */
final class OwnProcessGuard implements SftpFileSystemAccessor {
    private static final Path PROC = Path.of("/proc");

    @Override
    public Path resolveLocalFilePath(SftpSubsystemProxy subsystem, Path root, String remote) throws IOException {
        return check(SftpFileSystemAccessor.super.resolveLocalFilePath(subsystem, root, remote));
    }

    @Override
    public SeekableByteChannel openFile(
            SftpSubsystemProxy subsystem,
            FileHandle handle,
            Path file,
            String name,
            Set<? extends OpenOption> options,
            FileAttribute<?>... attributes)
            throws IOException {
        return SftpFileSystemAccessor.super.openFile(subsystem, handle, check(file), name, options, attributes);
    }

    static Path check(Path file) throws IOException {
        if (isOwnProcess(real(file))) {
            throw new AccessDeniedException(file.toString(), null, "this is the agent itself");
        }
        return file;
    }

    /** Whether {@code file} lies under the entry of this process, or of one of its threads, which is the same. */
    private static boolean isOwnProcess(Path file) {
        if (!file.startsWith(PROC) || file.getNameCount() < 3) {
            return false;
        }
        var process = file.getName(1).toString();
        return process.equals("self")
                || process.equals("thread-self")
                || Files.exists(PROC.resolve("self/task").resolve(process));
    }

    /** With links followed as far as they lead somewhere. */
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException _) {
            var parent = file.toAbsolutePath().normalize().getParent();
            var name = file.getFileName();
            return parent == null || name == null ? file : real(parent).resolve(name);
        }
    }
}
