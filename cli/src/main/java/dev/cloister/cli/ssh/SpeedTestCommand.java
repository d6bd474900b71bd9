package dev.cloister.cli.ssh;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.session.TimeSpan;
import dev.cloister.cli.terminal.Table;
import dev.cloister.cli.workspace.WorkspaceName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how many bytes come from a workspace, or go to it, through one SSH session. */
@Command(
        name = "speedtest",
        description = "Measure how fast bytes come from a workspace, or go to it.",
        footer = {"", "All of it goes through one SSH session, by way of the server."})
public final class SpeedTestCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int CHUNK = 64 * 1024;

    private final CliContext context;

    @Parameters(
            index = "0",
            paramLabel = "WORKSPACE",
            description = "NAME or OWNER/NAME, with .AGENT if it has several.")
    private String target = "";

    @Option(names = "--direction", paramLabel = "DIRECTION", description = "down (the default), from there, or up.")
    private Direction direction = Direction.DOWN;

    @Option(
            names = {"-t", "--time"},
            paramLabel = "DURATION",
            description = "For how long. Default: 5s.")
    private String time = "5s";

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** Which way the bytes go. */
    enum Direction {
        UP,
        DOWN
    }

    /**
     * What was carried within a time.
     *
     * @param startSeconds since the beginning
     * @param throughputMbits millions of bits a second
     */
    record Interval(double startSeconds, double endSeconds, double throughputMbits, long bytes) {
        static Interval of(long from, long to, long bytes) {
            double seconds = Math.max(1, to - from) / 1e9;
            return new Interval(from / 1e9, to / 1e9, bytes * 8 / 1e6 / seconds, bytes);
        }
    }

    /** What was measured: each second of it, and all of it. */
    record Result(Interval overall, List<Interval> intervals) {}

    public SpeedTestCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var length = TimeSpan.parse(time);
        if (length.isZero() || length.isNegative() || length.compareTo(LONGEST) > 0) {
            throw CommandException.usage("--time must be between 1s and 5m.");
        }
        var name = WorkspaceName.parse(target);
        var remote = direction == Direction.DOWN ? List.of("cat", "/dev/zero") : List.of("cat", ">/dev/null");
        try (var client = context.client()) {
            var agent = new Arrival(context, client, false, false).at(name);
            var result = new SshProcess(context).converse(client, agent, name, remote, ssh -> measure(ssh, length));
            if (!output.json(context.terminal(), result)) {
                print(result);
            }
        }
        return 0;
    }

    private Result measure(Process ssh, Duration length) throws IOException {
        var intervals = new ArrayList<Interval>();
        var chunk = new byte[CHUNK];
        carry(ssh, chunk); // the session is made before the clock runs
        long begun = System.nanoTime();
        long since = 0;
        long now = 0;
        long all = 0;
        long bytes = 0;
        while (now < length.toNanos()) {
            int carried = carry(ssh, chunk);
            now = System.nanoTime() - begun;
            bytes += carried;
            all += carried;
            if (now - since >= INTERVAL.toNanos() || now >= length.toNanos()) {
                intervals.add(Interval.of(since, now, bytes));
                since = now;
                bytes = 0;
            }
        }
        return new Result(Interval.of(0, now, all), List.copyOf(intervals));
    }

    private int carry(Process ssh, byte[] chunk) throws IOException {
        if (direction == Direction.UP) {
            ssh.getOutputStream().write(chunk);
            return chunk.length;
        }
        int read = ssh.getInputStream().read(chunk);
        if (read < 0) {
            throw new IOException("The session ended before the test did.");
        }
        return read;
    }

    private void print(Result result) {
        var table = new Table("INTERVAL", "THROUGHPUT", "TRANSFER");
        result.intervals().forEach(interval -> row(table, interval));
        row(table, result.overall());
        context.terminal().print(table);
    }

    private static void row(Table table, Interval interval) {
        table.row(
                String.format(Locale.ROOT, "%.2f-%.2f s", interval.startSeconds(), interval.endSeconds()),
                String.format(Locale.ROOT, "%.1f Mbit/s", interval.throughputMbits()),
                String.format(Locale.ROOT, "%.1f MB", interval.bytes() / 1e6));
    }
}
