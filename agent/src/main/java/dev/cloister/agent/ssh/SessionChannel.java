package dev.cloister.agent.ssh;

import dev.cloister.agent.process.Exit;
import dev.cloister.agent.process.Signals;
import dev.cloister.agent.workplace.Workplace;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.PtyMode;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.server.channel.ChannelSession;
import org.jspecify.annotations.Nullable;

/** A session channel that bounds what a client may set, remembers whether it wants a terminal, and reports signals. */
final class SessionChannel extends ChannelSession {
    private static final int MOST_VARIABLES = 64;
    private static final int LONGEST_VALUE = 16 * 1024;

    /** Variables that are the account's, the agent's, or change how every program is loaded. */
    private static final Set<String> RESERVED = Set.of(
            "PATH", "HOME", "USER", "LOGNAME", "SHELL", "ENV", "BASH_ENV", "SHELLOPTS", "BASHOPTS", "IFS", "CODER");

    private static final Set<String> RESERVED_PREFIXES = Set.of("LD_", "SSH_", "CODER_", "CLOISTER_");

    private int variables;
    private boolean terminal;
    private @Nullable Exit exit;

    static final class Factory implements ChannelFactory {
        @Override
        public String getName() {
            return "session";
        }

        @Override
        public Channel createChannel(Session session) {
            return new SessionChannel();
        }
    }

    boolean hasTerminal() {
        return terminal;
    }

    /** Says how the process ended; the exit callback that follows then sends that. */
    void ended(Exit how) {
        exit = how;
    }

    /** Whether a client may set {@code name}: any variable that is not reserved. */
    static boolean accepts(String name) {
        return Workplace.isName(name)
                && !RESERVED.contains(name)
                && RESERVED_PREFIXES.stream().noneMatch(name::startsWith);
    }

    @Override
    protected RequestHandler.Result handleEnvParsed(String name, String value) throws IOException {
        if (!accepts(name)
                || value.length() > LONGEST_VALUE
                || value.indexOf('\0') >= 0
                || variables == MOST_VARIABLES) {
            return RequestHandler.Result.ReplyFailure;
        }
        variables++;
        return super.handleEnvParsed(name, value);
    }

    @Override
    protected RequestHandler.Result handlePtyReqParsed(
            String term, int columns, int rows, int width, int height, Map<PtyMode, Integer> modes) throws IOException {
        if (term.length() > 256 || term.indexOf('\0') >= 0) {
            return RequestHandler.Result.ReplyFailure;
        }
        terminal = true;
        return super.handlePtyReqParsed(term, columns, rows, width, height, modes);
    }

    @Override
    protected void sendExitStatus(int status) throws IOException {
        if (exit instanceof Exit.Signalled(int number)) {
            sendExitSignal(number);
        } else {
            super.sendExitStatus(status);
        }
    }

    /** RFC 4254, 6.10. A signal that the RFC does not name is said in the form it leaves for that. */
    private void sendExitSignal(int number) throws IOException {
        var name = Signals.name(number).orElse("SIG" + number + "@cloister.dev");
        var buffer = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
        buffer.putUInt(getRecipient());
        buffer.putString("exit-signal");
        buffer.putBoolean(false);
        buffer.putString(name);
        buffer.putBoolean(false);
        buffer.putString("");
        buffer.putString("");
        writePacket(buffer);
    }
}
