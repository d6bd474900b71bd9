package dev.cloister.cli.workspace;

import dev.cloister.cli.job.JobFollower;
import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.ProvisionerJobLog;
import dev.cloister.contract.api.WorkspaceAgentLog;
import dev.cloister.contract.api.WorkspaceBuild;
import dev.cloister.contract.client.ApiClient;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Print the log of a build, then that of the agent.")
public final class LogsCommand implements Callable<Integer> {
    private static final int MAX_BUILDS = 1000;
    private final CliContext context;

    @Parameters(
            paramLabel = "WORKSPACE",
            description = "The workspace, as NAME or OWNER/NAME, with .AGENT if it has several.")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with new lines as they appear, until interrupted.")
    private boolean follow;

    @Option(
            names = {"-n", "--build-number"},
            paramLabel = "N",
            description = "The log of an earlier build, without that of the agent.")
    private int number;

    public LogsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var named = WorkspaceName.parse(name);
        try (var client = context.client()) {
            var workspace = new Workspaces(context, client).find(named);
            if (number > 0) {
                build(client, numbered(client, workspace.id()));
                return 0;
            }
            build(client, workspace.latestBuild());
            var fresh = client.workspaces().get(workspace.id());
            if (!Agents.of(fresh).isEmpty()) {
                agent(client, Agents.choose(fresh, named.agent()).id());
            }
        }
        return 0;
    }

    private WorkspaceBuild numbered(ApiClient client, UUID workspace) throws IOException, CommandException {
        return client.workspaces().builds(workspace, MAX_BUILDS).stream()
                .filter(build -> build.buildNumber() == number)
                .findFirst()
                .orElseThrow(() -> CommandException.failure("There is no build " + number + "."));
    }

    private void build(ApiClient client, WorkspaceBuild build) throws IOException {
        if (!follow || JobFollower.over(build.job().status())) {
            client.workspaces().buildLog(build.id()).forEach(this::print);
            return;
        }
        try (var lines = client.workspaces().followBuild(build.id(), 0)) {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                print(line.get());
            }
        }
    }

    private void agent(ApiClient client, UUID agent) throws IOException {
        if (!follow) {
            client.agents().log(agent).forEach(this::print);
            return;
        }
        try (var lines = client.agents().followLog(agent, 0)) {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                print(line.get());
            }
        }
    }

    private void print(ProvisionerJobLog line) {
        context.terminal().print(line.createdAt() + " [" + line.stage() + "] " + line.output());
    }

    private void print(WorkspaceAgentLog line) {
        context.terminal().print(line.createdAt() + " [agent] " + line.output());
    }
}
