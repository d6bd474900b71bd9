package dev.cloister.cli.sharing;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import dev.cloister.cli.workspace.WorkspaceName;
import dev.cloister.cli.workspace.Workspaces;
import dev.cloister.contract.api.WorkspaceACL;
import dev.cloister.contract.api.WorkspaceRole;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = "List the people and groups that a workspace is shared with.")
final class SharingStatusCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace, as NAME or OWNER/NAME.")
    private String name = "";

    @Mixin
    private OutputOptions output = new OutputOptions();

    SharingStatusCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var workspace = new Workspaces(context, client).find(WorkspaceName.parse(name));
            print(context, client.workspaces().acl(workspace.id()), output);
        }
        return 0;
    }

    static void print(CliContext context, WorkspaceACL acl, OutputOptions output) {
        if (output.json(context.terminal(), acl)) {
            return;
        }
        var table = new Table("USER", "GROUP", "ROLE");
        acl.users().forEach(user -> table.row(user.username(), "", word(user.role())));
        acl.groups().forEach(group -> table.row("", group.name(), word(group.role())));
        context.terminal().print(table);
    }

    private static String word(WorkspaceRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
