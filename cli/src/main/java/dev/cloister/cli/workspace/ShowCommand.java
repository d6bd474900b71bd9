package dev.cloister.cli.workspace;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import dev.cloister.contract.api.Workspace;
import dev.cloister.contract.api.WorkspaceAgent;
import dev.cloister.contract.api.WorkspaceResource;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a workspace: its state, resources, agents and apps.")
public final class ShowCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace, as NAME or OWNER/NAME.")
    private String name = "";

    @Mixin
    private OutputOptions output = new OutputOptions();

    public ShowCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var workspace = new Workspaces(context, client).find(WorkspaceName.parse(name));
            if (!output.json(context.terminal(), workspace)) {
                print(workspace);
            }
        }
        return 0;
    }

    private void print(Workspace workspace) {
        var build = workspace.latestBuild();
        var terminal = context.terminal();
        var facts = new Table("WORKSPACE", workspace.ownerName() + "/" + workspace.name())
                .row("Status", lower(build.status()))
                .row(
                        "Template",
                        workspace.templateName() + " " + build.templateVersionName()
                                + (workspace.outdated() ? " (a newer version is active)" : ""))
                .row("Organization", workspace.organizationName())
                .row(
                        "Latest build",
                        "#" + build.buildNumber() + " by " + build.initiatorName() + " at " + build.createdAt());
        if (!build.job().error().isBlank()) {
            facts.row("Error", build.job().error());
        }
        terminal.print(facts);
        build.resources().stream().filter(resource -> !resource.hide()).forEach(this::print);
    }

    private void print(WorkspaceResource resource) {
        var terminal = context.terminal();
        terminal.print("");
        terminal.print(resource.type() + " " + resource.name());
        for (var fact : resource.metadata()) {
            terminal.print("  " + fact.key() + ": " + (fact.sensitive() ? "(hidden)" : fact.value()));
        }
        resource.agents().forEach(this::print);
    }

    private void print(WorkspaceAgent agent) {
        var terminal = context.terminal();
        var reason = agent.health().healthy() ? "" : ": " + agent.health().reason();
        terminal.print("  agent " + agent.name() + " (" + agent.operatingSystem() + "/" + agent.architecture() + "): "
                + lower(agent.status()) + ", " + lower(agent.lifecycleState()) + reason);
        for (var app : agent.apps()) {
            var title = app.displayName().isBlank() ? app.slug() : app.displayName();
            terminal.print("    app " + app.slug() + " (" + title + "): " + lower(app.health()));
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
