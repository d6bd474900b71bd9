package dev.cloister.agent.ssh;

import dev.cloister.agent.process.ChildProcess;
import dev.cloister.agent.process.Exit;
import dev.cloister.agent.process.LineDiscipline;
import dev.cloister.agent.process.Pty;
import dev.cloister.agent.process.Signals;
import dev.cloister.agent.process.SpawnOrder;
import dev.cloister.agent.process.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/** A shell or a command on a session channel, on a terminal if the client asked for one. */
final class ProcessCommand implements Command {
    private static final int CHUNK = 32 * 1024;
    private static final int END_OF_TRANSMISSION = 4;

    private final SessionChannel channel;
    private final InboundQueue typed;
    private final Function<Map<String, String>, SpawnOrder> order;
    private final Map<String, String> variables;
    private OutputStream output = OutputStream.nullOutputStream();
    private OutputStream error = OutputStream.nullOutputStream();
    private @Nullable ExitCallback callback;
    private @Nullable ChildProcess child;

    /**
     * @param order makes the process of its additional environment
     * @param variables what the connection itself adds to the environment
     */
    ProcessCommand(
            SessionChannel channel, Function<Map<String, String>, SpawnOrder> order, Map<String, String> variables) {
        this.channel = channel;
        this.order = order;
        this.variables = variables;
        this.typed = new InboundQueue(channel);
        channel.setDataReceiver(typed);
    }

    @Override
    public void setInputStream(InputStream in) {
        // Input comes through the data receiver.
    }

    @Override
    public void setOutputStream(OutputStream out) {
        output = out;
    }

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
        var started = channel.hasTerminal() ? onTerminal(environment) : onPipes(environment);
        child = started;
        environment.addSignalListener((_, signal) -> signalled(started, environment, signal));
        var standard = pump(started.output(), output);
        var errors = pump(started.error(), error);
        Thread.ofVirtual().name("ssh-input").start(() -> feed(started));
        Thread.ofVirtual().name("ssh-process").start(() -> finish(started, standard, errors));
    }

    private ChildProcess onPipes(Environment environment) throws IOException {
        return ChildProcess.onPipes(order.apply(environmentOf(environment)));
    }

    private ChildProcess onTerminal(Environment environment) throws IOException {
        var pty = Pty.open(size(environment));
        var more = environmentOf(environment);
        more.put("SSH_TTY", pty.path());
        var modes = environment.getPtyModes().entrySet().stream()
                .collect(Collectors.toMap(mode -> mode.getKey().toInt(), Map.Entry::getValue));
        return ChildProcess.onTerminal(order.apply(more), pty, new LineDiscipline(modes));
    }

    private Map<String, String> environmentOf(Environment environment) {
        var more = new TreeMap<String, String>();
        environment.getEnv().forEach((name, value) -> {
            if (SessionChannel.accepts(name) && !isSize(name) || name.equals("SSH_AUTH_SOCK")) {
                more.put(name, value);
            }
        });
        more.putAll(variables);
        return more;
    }

    private static boolean isSize(String name) {
        return name.equals(Environment.ENV_LINES) || name.equals(Environment.ENV_COLUMNS);
    }

    private static void signalled(ChildProcess child, Environment environment, Signal signal) {
        if (signal == Signal.WINCH) {
            child.pty().ifPresent(pty -> resize(pty, environment));
        } else {
            Signals.number(signal.name()).ifPresent(child::signal);
        }
    }

    private static void resize(Pty pty, Environment environment) {
        try {
            pty.resize(size(environment));
        } catch (IOException _) {
            // The process has just ended.
        }
    }

    private static TerminalSize size(Environment environment) {
        var values = environment.getEnv();
        return TerminalSize.orUsual(
                number(values.get(Environment.ENV_LINES)), number(values.get(Environment.ENV_COLUMNS)));
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? 0 : Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static Thread pump(InputStream from, OutputStream to) {
        return Thread.ofVirtual().name("ssh-output").start(() -> {
            var chunk = new byte[CHUNK];
            try (from) {
                int length;
                while ((length = from.read(chunk)) >= 0) {
                    to.write(chunk, 0, length);
                    to.flush();
                }
            } catch (IOException _) {
                // The client has gone; closing the pipe tells the process at its next write.
            }
        });
    }

    private void feed(ChildProcess running) {
        try {
            typed.drainTo(running.input());
            if (running.pty().isPresent()) {
                // Closing the terminal would hang up the session and lose output that is still to come.
                running.input().write(END_OF_TRANSMISSION);
            } else {
                running.input().close();
            }
        } catch (IOException _) {
            // The process has ended, or the channel has.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The channel ends when the process has ended and all its output is delivered, also that of its children. */
    private void finish(ChildProcess running, Thread standard, Thread errors) {
        Exit exit;
        try {
            exit = running.waitFor();
            standard.join();
            errors.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        } finally {
            running.close();
        }
        channel.ended(exit);
        var told = callback;
        if (told != null) {
            told.onExit(exit.shellStatus());
        }
    }

    /** The channel is gone: what still runs is hung up, as when a line drops. */
    @Override
    public void destroy(ChannelSession session) {
        var running = child;
        if (running != null) {
            running.signal(Signals.HUP);
            running.close();
        }
    }
}
