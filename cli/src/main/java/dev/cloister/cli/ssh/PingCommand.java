package dev.cloister.cli.ssh;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.TimeSpan;
import dev.cloister.cli.workspace.WorkspaceName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Measures how long a byte takes to a workspace and back, all the way: through the server, the agent, and a program
 * there, within one SSH session.
 */
@Command(
        name = "ping",
        description = "Measure how long a byte takes to a workspace and back.",
        footer = {"", "All of it goes through one SSH session, by way of the server."})
public final class PingCommand implements Callable<Integer> {
    private static final int MOST = 10_000;

    private final CliContext context;

    @Parameters(
            index = "0",
            paramLabel = "WORKSPACE",
            description = "NAME or OWNER/NAME, with .AGENT if it has several.")
    private String target = "";

    @Option(
            names = {"-n", "--num"},
            paramLabel = "COUNT",
            description = "How often. Default: 10; 0 for until it is interrupted.")
    private int count = 10;

    @Option(names = "--wait", paramLabel = "DURATION", description = "The pause between two. Default: 1s.")
    private String wait = "1s";

    public PingCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        if (count < 0 || count > MOST) {
            throw CommandException.usage("--num must be between 0 and " + MOST + ".");
        }
        var pause = TimeSpan.parse(wait);
        var name = WorkspaceName.parse(target);
        try (var client = context.client()) {
            var agent = new Arrival(context, client, false, false).at(name);
            var times = new SshProcess(context)
                    .converse(client, agent, name, List.of("cat"), ssh -> times(ssh, name.workspace(), pause));
            summarize(times);
        }
        return 0;
    }

    private List<Duration> times(Process ssh, String name, Duration pause) throws IOException {
        var times = new ArrayList<Duration>();
        roundTrip(ssh); // the first waits for the session to be made
        for (int sent = 0; count == 0 || sent < count; sent++) {
            if (sent > 0) {
                pause(pause);
            }
            var time = roundTrip(ssh);
            if (times.size() < MOST) {
                times.add(time);
            }
            context.terminal().print("pong from " + name + " in " + text(time) + " through the server");
        }
        return times;
    }

    private static Duration roundTrip(Process ssh) throws IOException {
        long begun = System.nanoTime();
        var out = ssh.getOutputStream();
        out.write('.');
        out.flush();
        if (ssh.getInputStream().read() < 0) {
            throw new IOException("The session ended before an answer came.");
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static void pause(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("ping was interrupted.");
        }
    }

    private void summarize(List<Duration> times) {
        var sorted = times.stream().sorted().toList();
        var sum = sorted.stream().reduce(Duration.ZERO, Duration::plus);
        context.terminal()
                .print(times.size() + " round trips: least " + text(sorted.getFirst()) + ", average "
                        + text(sum.dividedBy(sorted.size())) + ", most " + text(sorted.getLast()));
    }

    private static String text(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }
}
