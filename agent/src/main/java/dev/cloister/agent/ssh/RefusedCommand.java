package dev.cloister.agent.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/** In the place of a command that may not run: says so and fails. */
final class RefusedCommand implements Command {
    private static final int NOT_PERMITTED = 126;

    private final String why;
    private OutputStream error = OutputStream.nullOutputStream();
    private @Nullable ExitCallback callback;

    RefusedCommand(String why) {
        this.why = why;
    }

    @Override
    public void setInputStream(InputStream in) {}

    @Override
    public void setOutputStream(OutputStream out) {}

    @Override
    public void setErrorStream(OutputStream err) {
        error = err;
    }

    @Override
    public void setExitCallback(ExitCallback exitCallback) {
        callback = exitCallback;
    }

    @Override
    public void start(ChannelSession session, Environment environment) throws IOException {
        error.write((why + "\n").getBytes(StandardCharsets.UTF_8));
        error.flush();
        var told = callback;
        if (told != null) {
            told.onExit(NOT_PERMITTED);
        }
    }

    @Override
    public void destroy(ChannelSession session) {}
}
