package dev.cloister.cli.workspace;

import dev.cloister.cli.job.JobFollower;
import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.Workspace;
import dev.cloister.contract.api.WorkspaceBuildParameter;
import dev.cloister.contract.api.WorkspaceStatus;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.contract.client.ApiClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "start", description = "Start a workspace.")
public final class StartCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace, as NAME or OWNER/NAME.")
    private String name = "";

    @Mixin
    private ParameterOptions parameters = new ParameterOptions();

    public StartCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var workspaces = new Workspaces(context, client);
            var workspace = workspaces.find(WorkspaceName.parse(name));
            var build = workspace.latestBuild();
            if (build.status() == WorkspaceStatus.RUNNING) {
                context.terminal().say("The workspace is running already.");
                return 0;
            }
            if (build.transition() == WorkspaceTransition.START
                    && !JobFollower.over(build.job().status())) {
                workspaces.await(build);
            } else {
                start(client, workspaces, workspace);
            }
            context.terminal().print("The workspace " + workspace.name() + " is running.");
        }
        return 0;
    }

    private void start(ApiClient client, Workspaces workspaces, Workspace workspace)
            throws IOException, CommandException {
        var build = workspace.latestBuild();
        if (!JobFollower.over(build.job().status())) {
            workspaces.await(build); // it is just being stopped
        }
        var before = client.workspaces().parameters(build.id()).stream()
                .map(WorkspaceBuildParameter::name)
                .collect(Collectors.toSet());
        var answers = new ParameterAnswers(context.terminal(), parameters, before)
                .to(client.templates().parameters(build.templateVersionId()));
        workspaces.build(workspace, WorkspaceTransition.START, BuildReason.CLI, null, answers, false);
    }
}
