package dev.cloister.agent.ssh;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.apache.sshd.common.util.threads.NoCloseExecutor;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** SFTP for tickets that allow file transfers: the files that the user's processes see, starting at home. */
final class WorkspaceSftp extends SftpSubsystemFactory {
    private final Path home;

    WorkspaceSftp(Path home) {
        this.home = home;
        setExecutorServiceProvider(() -> new NoCloseExecutor(Executors.newVirtualThreadPerTaskExecutor()));
        setFileSystemAccessor(new OwnProcessGuard());
    }

    @Override
    public Command createSubsystem(ChannelSession channel) throws IOException {
        if (!TicketFilter.ticket(channel.getSession()).getAllowFileTransfer()) {
            return new RefusedCommand("This connection does not allow file transfers.");
        }
        return new Subsystem(channel, this);
    }

    private static final class Subsystem extends SftpSubsystem {
        private final Path home;

        Subsystem(ChannelSession channel, WorkspaceSftp factory) {
            super(channel, factory);
            this.home = factory.home;
        }

        @Override
        public void setFileSystem(FileSystem fileSystem) {
            super.setFileSystem(fileSystem);
            defaultDir = home;
        }
    }
}
