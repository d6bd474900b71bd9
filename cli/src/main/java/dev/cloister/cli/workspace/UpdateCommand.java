package dev.cloister.cli.workspace;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.WorkspaceBuildParameter;
import dev.cloister.contract.api.WorkspaceStatus;
import dev.cloister.contract.api.WorkspaceTransition;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "update", description = "Start a workspace with the active version of its template.")
public final class UpdateCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace, as NAME or OWNER/NAME.")
    private String name = "";

    @Mixin
    private ParameterOptions parameters = new ParameterOptions();

    public UpdateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var workspaces = new Workspaces(context, client);
            var workspace = workspaces.find(WorkspaceName.parse(name));
            if (!workspace.outdated() && parameters.given().isEmpty()) {
                context.terminal().say("The workspace has the active version of its template already.");
                return 0;
            }
            var before = client.workspaces().parameters(workspace.latestBuild().id()).stream()
                    .map(WorkspaceBuildParameter::name)
                    .collect(Collectors.toSet());
            var version = workspace.templateActiveVersionId();
            var answers = new ParameterAnswers(context.terminal(), parameters, before)
                    .to(client.templates().parameters(version));
            if (workspace.latestBuild().status() == WorkspaceStatus.RUNNING) {
                context.requireConsent(
                        parameters.acceptDefaults(), "End everything that runs in " + workspace.name() + "?", "--yes");
                workspaces.build(workspace, WorkspaceTransition.STOP, BuildReason.CLI);
            }
            workspaces.build(workspace, WorkspaceTransition.START, BuildReason.CLI, version, answers, false);
            context.terminal().print("The workspace " + workspace.name() + " runs the active version of its template.");
        }
        return 0;
    }
}
