package dev.cloister.cli.organization;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.CommandGroup;
import dev.cloister.cli.session.JsonInput;
import dev.cloister.cli.session.OrganizationOption;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.contract.api.UpdateWorkspaceSharingSettingsRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows or changes whose workspaces can be shared. Settings are JSON on the way out and on the way in. */
@Command
final class SharingSettingsCommand implements Callable<Integer> {
    private static final String NAME = "workspace-sharing";

    private final CliContext context;
    private final boolean changes;

    @Mixin
    private OrganizationOption organization = new OrganizationOption();

    private SharingSettingsCommand(CliContext context, boolean changes) {
        this.context = context;
        this.changes = changes;
    }

    static CommandLine settings(CliContext context) {
        var show = CommandGroup.of("Print a setting of an organization as JSON.")
                .addSubcommand(NAME, line(context, false, "Print whose workspaces can be shared."));
        var set = CommandGroup.of("Change a setting of an organization to the JSON on the standard input.")
                .addSubcommand(
                        NAME,
                        line(
                                context,
                                true,
                                "Say whose workspaces can be shared: everyone,"
                                        + " service_accounts or none, as shareable_workspace_owners."));
        return CommandGroup.of("Show or change the settings of an organization.")
                .addSubcommand("show", show)
                .addSubcommand("set", set);
    }

    private static CommandLine line(CliContext context, boolean changes, String description) {
        return CommandGroup.described(new CommandLine(new SharingSettingsCommand(context, changes)), description);
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var id = organization.find(context, client).id();
            var calls = client.organizationCalls();
            var settings = changes
                    ? calls.setSharing(id, JsonInput.read(context, UpdateWorkspaceSharingSettingsRequest.class))
                    : calls.sharing(id);
            OutputOptions.printJson(context.terminal(), settings);
        }
        return 0;
    }
}
