package dev.cloister.cli.ssh;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.workspace.WorkspaceName;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "port-forward",
        description = "Reach TCP ports of a workspace on this machine, until interrupted.",
        footer = {
            "",
            "--tcp 8080              8080 here to 8080 there",
            "--tcp 8080:3000         8080 here to 3000 there",
            "--tcp 0.0.0.0:80:3000   on every address of this machine",
            "--tcp 9000-9002:8000-8002,22022:22"
        })
public final class PortForwardCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "WORKSPACE", description = "NAME or OWNER/NAME, with .AGENT if it has several.")
    private String target = "";

    @Option(
            names = {"-p", "--tcp"},
            paramLabel = "PORTS",
            description = "[ADDRESS:]HERE[:THERE], with ranges and commas. Repeat it for several.")
    private List<String> tcp = List.of();

    @Option(names = "--udp", paramLabel = "PORTS", hidden = true)
    private List<String> udp = List.of();

    @Option(names = "--no-start", description = "Fail if the workspace is stopped.")
    private boolean noStart;

    public PortForwardCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        if (!udp.isEmpty()) {
            throw CommandException.usage("UDP cannot be forwarded; only TCP can, with --tcp.");
        }
        var forwards = PortForward.parse(tcp);
        var name = WorkspaceName.parse(target);
        try (var client = context.client()) {
            var agent = new Arrival(context, client, !noStart, false).at(name);
            var sockets = new ArrayList<ServerSocket>();
            for (var forward : forwards) {
                sockets.add(forward.listen());
            }
            for (int i = 0; i < sockets.size(); i++) {
                var forward = forwards.get(i);
                context.terminal()
                        .say("Forwarding " + forward.localName() + " to port " + forward.remote() + " of " + target
                                + ".");
                var there = client.agents().portStream(agent, forward.remote());
                new PortForwarder(context.terminal(), new Streams(client), there).serve(sockets.get(i));
            }
            Thread.currentThread().join(); // until the process is interrupted
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }
}
