package dev.cloister.cli.organization;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OrganizationOption;
import dev.cloister.contract.api.SlimRole;
import dev.cloister.contract.api.UpdateRoles;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "edit-roles",
        description = "Give a member these roles of an organization, and take all others away. Without roles, all.")
final class MemberRolesCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "USER", description = "The user, by name or ID.")
    private String user = "";

    @Parameters(index = "1..*", paramLabel = "ROLE", description = "Names of roles; see `organizations roles show`.")
    private List<String> roles = List.of();

    @Mixin
    private OrganizationOption organization = new OrganizationOption();

    MemberRolesCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var found = organization.find(context, client);
            var member = client.organizationCalls().setRoles(found.id(), user, new UpdateRoles(List.copyOf(roles)));
            var names = member.roles().stream().map(SlimRole::name).collect(Collectors.joining(", "));
            context.terminal()
                    .print(user + " has " + (names.isEmpty() ? "no role" : names) + " in " + found.name() + " now.");
        }
        return 0;
    }
}
