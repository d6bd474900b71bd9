package dev.cloister.cli.organization;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OrganizationOption;
import dev.cloister.contract.api.UpdateOrganizationRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "edit", description = "Change what an organization is called and what all its members may do.")
final class OrganizationEditCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "ORGANIZATION", description = "The organization, by name or ID.")
    private String organization = "";

    @Option(names = "--name", paramLabel = "NEW-NAME", description = "Its new name.")
    private String name = "";

    @Option(names = "--display-name", paramLabel = "TEXT", description = "The title that people see.")
    private String displayName = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "Who it is for.")
    private @Nullable String description;

    @Option(names = "--icon", paramLabel = "URL", description = "A path or URL of an icon.")
    private @Nullable String icon;

    @Option(
            names = "--default-member-roles",
            paramLabel = "ROLE",
            split = ",",
            description = "What every member has besides the roles given to them; an empty text for nothing.")
    private @Nullable List<String> memberRoles;

    OrganizationEditCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var roles = memberRoles == null
                ? null
                : memberRoles.stream().filter(role -> !role.isBlank()).toList();
        if (name.isEmpty() && displayName.isEmpty() && description == null && icon == null && roles == null) {
            throw CommandException.usage("There is nothing to change. See --help for what can be.");
        }
        try (var client = context.client()) {
            var found = OrganizationOption.named(client, organization);
            var changed = client.organizationCalls()
                    .update(found.id(), new UpdateOrganizationRequest(name, displayName, description, icon, roles));
            context.terminal().print("The organization " + changed.name() + " is changed.");
        }
        return 0;
    }
}
