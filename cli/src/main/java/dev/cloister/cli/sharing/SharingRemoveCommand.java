package dev.cloister.cli.sharing;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.workspace.WorkspaceName;
import dev.cloister.cli.workspace.Workspaces;
import dev.cloister.contract.api.UpdateWorkspaceACL;
import dev.cloister.contract.api.WorkspaceACL;
import dev.cloister.contract.api.WorkspaceRole;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "remove", description = "Share a workspace with somebody no longer. It takes effect at once.")
final class SharingRemoveCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace, as NAME or OWNER/NAME.")
    private String name = "";

    @Option(names = "--user", split = ",", paramLabel = "USER", description = "A person that it is shared with.")
    private List<String> users = List.of();

    @Option(names = "--group", split = ",", paramLabel = "GROUP", description = "A group that it is shared with.")
    private List<String> groups = List.of();

    @Mixin
    private OutputOptions output = new OutputOptions();

    SharingRemoveCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        if (users.isEmpty() && groups.isEmpty()) {
            throw CommandException.usage("With whom no longer? Add --user or --group.");
        }
        try (var client = context.client()) {
            var workspace = new Workspaces(context, client).find(WorkspaceName.parse(name));
            var change = without(client.workspaces().acl(workspace.id()));
            client.workspaces().share(workspace.id(), change);
            SharingStatusCommand.print(context, client.workspaces().acl(workspace.id()), output);
        }
        return 0;
    }

    /** Named from the list itself: whoever has left the organization can still be taken off it. */
    private UpdateWorkspaceACL without(WorkspaceACL acl) throws CommandException {
        var people = new HashMap<String, String>();
        acl.users().forEach(user -> people.put(user.username(), user.id().toString()));
        var teams = new HashMap<String, String>();
        acl.groups().forEach(group -> teams.put(group.name(), group.id().toString()));
        return new UpdateWorkspaceACL(gone(people, users), gone(teams, groups));
    }

    private static Map<String, WorkspaceRole> gone(Map<String, String> shared, List<String> named)
            throws CommandException {
        var gone = new HashMap<String, WorkspaceRole>();
        for (var one : named) {
            var id = shared.get(one);
            if (id == null && !shared.containsValue(one)) {
                throw CommandException.failure("The workspace is not shared with \"" + one + "\".");
            }
            gone.put(id == null ? one : id, WorkspaceRole.DELETED);
        }
        return gone;
    }
}
