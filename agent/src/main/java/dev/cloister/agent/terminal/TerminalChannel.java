package dev.cloister.agent.terminal;

import com.google.protobuf.ByteString;
import dev.cloister.agent.process.ChildProcess;
import dev.cloister.agent.process.LineDiscipline;
import dev.cloister.agent.process.Pty;
import dev.cloister.agent.process.TerminalSize;
import dev.cloister.agent.stream.StreamChannel;
import dev.cloister.agent.stream.StreamRefused;
import dev.cloister.agent.workplace.Workplace;
import dev.cloister.contract.agent.OpenStream;
import dev.cloister.contract.agent.Ticket;
import dev.cloister.tunnel.ByteStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Web terminals. Each has an id that the client chose; who comes with the id of a terminal that runs, and is the user
 * who made it, sees it again. To everybody else such an id does not exist, nor can they take it.
 */
public final class TerminalChannel implements StreamChannel {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalChannel.class);
    private static final int MOST = 64;
    private static final int SCROLLBACK = 128 * 1024;
    private static final int ID_LENGTH = 16;
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Workplace workplace;
    private final Duration keep;
    private final Map<ByteString, Terminal> terminals = new HashMap<>();

    /** @param keep how long a terminal lives without anybody watching */
    public TerminalChannel(Workplace workplace, Duration keep) {
        this.workplace = workplace;
        this.keep = keep;
    }

    @Override
    public Session open(OpenStream request, Ticket ticket) throws StreamRefused {
        var wanted = request.getTerminal();
        if (wanted.getReconnectId().size() != ID_LENGTH) {
            throw new StreamRefused("a terminal has an id of 16 bytes");
        }
        var size = TerminalSize.orUsual(wanted.getHeight(), wanted.getWidth());
        var terminal = find(wanted.getReconnectId(), wanted.getCommand(), size, ticket);
        return stream -> serve(terminal, size, stream);
    }

    private synchronized Terminal find(ByteString id, String command, TerminalSize size, Ticket ticket)
            throws StreamRefused {
        var existing = terminals.get(id);
        if (existing != null) {
            if (!existing.belongsTo(ticket.getUserId())) {
                throw new StreamRefused("this terminal's id cannot be used");
            }
            return existing;
        }
        if (terminals.size() >= MOST) {
            throw new StreamRefused("there are " + MOST + " terminals already");
        }
        var terminal = new Terminal(ticket.getUserId(), start(command, size, ticket), SCROLLBACK);
        terminals.put(id, terminal);
        Thread.ofVirtual().name("terminal").start(() -> {
            try {
                terminal.run();
            } finally {
                forget(id);
            }
        });
        Thread.ofVirtual().name("terminal-age").start(() -> endWhenForgotten(id, terminal));
        return terminal;
    }

    private ChildProcess start(String command, TerminalSize size, Ticket ticket) throws StreamRefused {
        var environment =
                Map.of("TERM", "xterm-256color", "COLORTERM", "truecolor", "CLOISTER_USER", ticket.getUsername());
        var order = command.isEmpty() ? workplace.loginShell(environment) : workplace.command(command, environment);
        try {
            return ChildProcess.onTerminal(order, Pty.open(size), LineDiscipline.USUAL);
        } catch (IOException e) {
            LOG.warn("a terminal cannot be opened: {}", e.toString());
            throw new StreamRefused("a terminal cannot be opened: " + e.getMessage());
        }
    }

    private static void serve(Terminal terminal, TerminalSize size, ByteStream stream)
            throws IOException, InterruptedException {
        var viewer = new Viewer(stream);
        terminal.join(viewer);
        var sender = Thread.ofVirtual().name("terminal-viewer").start(() -> send(terminal, viewer, stream));
        try {
            terminal.resize(size);
            listen(terminal, stream);
        } finally {
            terminal.leave(viewer);
            viewer.end();
            sender.join(FAREWELL);
            sender.interrupt();
        }
    }

    private static void send(Terminal terminal, Viewer viewer, ByteStream stream) {
        try {
            viewer.run();
            // A client that no longer reads may still be typing into a process that does not: it must not be kept.
            terminal.leave(viewer);
            Thread.sleep(FAREWELL);
            stream.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void listen(Terminal terminal, ByteStream stream) throws IOException {
        try (var keystrokes = new Keystrokes(stream.input())) {
            Keystrokes.Message message;
            while ((message = keystrokes.next()) != null) {
                if (message.resizes()) {
                    terminal.resize(new TerminalSize(message.height(), message.width()));
                }
                terminal.type(message.data());
            }
        }
    }

    private void endWhenForgotten(ByteString id, Terminal terminal) {
        try {
            while (known(id, terminal)) {
                Thread.sleep(keep.dividedBy(10).plusMillis(1));
                if (terminal.forgotten(keep)) {
                    terminal.end();
                    return;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean known(ByteString id, Terminal terminal) {
        return terminals.get(id) == terminal;
    }

    private synchronized void forget(ByteString id) {
        terminals.remove(id);
    }
}
