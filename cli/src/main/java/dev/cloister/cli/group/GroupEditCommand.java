package dev.cloister.cli.group;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OrganizationOption;
import dev.cloister.contract.api.OrganizationMemberWithUserData;
import dev.cloister.contract.api.PatchGroupRequest;
import dev.cloister.contract.client.ApiClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "edit", description = "Change a group, and who is in it.")
final class GroupEditCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "GROUP", description = "The name of the group.")
    private String group = "";

    @Option(
            names = {"-n", "--name"},
            paramLabel = "NEW-NAME",
            description = "Its new name.")
    private String name = "";

    @Option(names = "--display-name", paramLabel = "TEXT", description = "The title that people see.")
    private @Nullable String displayName;

    @Option(
            names = {"-u", "--avatar-url"},
            paramLabel = "URL",
            description = "A path or URL of a picture; empty for none.")
    private @Nullable String avatar;

    @Option(
            names = "--quota-allowance",
            paramLabel = "CREDITS",
            description = "What each member may spend a day on workspaces besides what other groups give.")
    private @Nullable Integer allowance;

    @Option(
            names = {"-a", "--add-users"},
            split = ",",
            paramLabel = "USER",
            description = "Whom to take in: user names, e-mail addresses or IDs.")
    private List<String> add = List.of();

    @Option(
            names = {"-r", "--rm-users"},
            split = ",",
            paramLabel = "USER",
            description = "Whom to take out.")
    private List<String> remove = List.of();

    @Mixin
    private OrganizationOption organization = new OrganizationOption();

    GroupEditCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        if (name.isEmpty()
                && displayName == null
                && avatar == null
                && allowance == null
                && add.isEmpty()
                && remove.isEmpty()) {
            throw CommandException.usage("There is nothing to change. See --help for what can be.");
        }
        try (var client = context.client()) {
            var home = organization.find(context, client).id();
            var found = Groups.named(client, home, group);
            var people = members(client, home);
            var request =
                    new PatchGroupRequest(ids(people, add), ids(people, remove), name, displayName, avatar, allowance);
            var changed = client.groups().update(found.id(), request);
            context.terminal().print("The group " + changed.name() + " is changed.");
        }
        return 0;
    }

    /** Only where somebody is named: whoever may change a group need not see all members. */
    private List<OrganizationMemberWithUserData> members(ApiClient client, UUID organization) throws IOException {
        return add.isEmpty() && remove.isEmpty()
                ? List.of()
                : client.organizationCalls().members(organization);
    }

    private static List<String> ids(List<OrganizationMemberWithUserData> members, List<String> named)
            throws CommandException {
        var ids = new ArrayList<String>();
        for (var one : named) {
            ids.add(members.stream()
                    .filter(member -> member.username().equals(one)
                            || member.email().equalsIgnoreCase(one)
                            || member.userId().toString().equalsIgnoreCase(one))
                    .findFirst()
                    .orElseThrow(() -> CommandException.failure("\"" + one + "\" is not a member of the organization."))
                    .userId()
                    .toString());
        }
        return ids;
    }
}
