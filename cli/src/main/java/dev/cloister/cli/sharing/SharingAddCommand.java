package dev.cloister.cli.sharing;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.workspace.WorkspaceName;
import dev.cloister.cli.workspace.Workspaces;
import dev.cloister.contract.api.UpdateWorkspaceACL;
import dev.cloister.contract.api.WorkspaceRole;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        description = "Share a workspace, or change what it is shared for. It takes effect at once.",
        footer = {"", "cloister sharing add dev --user bob --user eve:admin --group ops:use"})
final class SharingAddCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace, as NAME or OWNER/NAME.")
    private String name = "";

    @Option(
            names = "--user",
            split = ",",
            paramLabel = "USER[:ROLE]",
            description = "A person of the organization, to use (the default) or to admin it.")
    private List<String> users = List.of();

    @Option(
            names = "--group",
            split = ",",
            paramLabel = "GROUP[:ROLE]",
            description = "A group of the organization, to use (the default) or to admin it.")
    private List<String> groups = List.of();

    @Mixin
    private OutputOptions output = new OutputOptions();

    SharingAddCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        if (users.isEmpty() && groups.isEmpty()) {
            throw CommandException.usage("Share it with whom? Add --user or --group.");
        }
        var people = roles(users);
        var teams = roles(groups);
        try (var client = context.client()) {
            var workspace = new Workspaces(context, client).find(WorkspaceName.parse(name));
            var known = new Sharers(client, workspace.organizationId());
            client.workspaces().share(workspace.id(), new UpdateWorkspaceACL(known.users(people), known.groups(teams)));
            SharingStatusCommand.print(context, client.workspaces().acl(workspace.id()), output);
        }
        return 0;
    }

    private static Map<String, WorkspaceRole> roles(List<String> typed) throws CommandException {
        var roles = new LinkedHashMap<String, WorkspaceRole>();
        for (var text : typed) {
            int colon = text.lastIndexOf(':');
            roles.put(colon < 0 ? text : text.substring(0, colon), role(colon < 0 ? "use" : text.substring(colon + 1)));
        }
        return roles;
    }

    private static WorkspaceRole role(String word) throws CommandException {
        return switch (word) {
            case "use" -> WorkspaceRole.USE;
            case "admin" -> WorkspaceRole.ADMIN;
            default -> throw CommandException.usage("\"" + word + "\" is no role here. There is: use, admin.");
        };
    }
}
