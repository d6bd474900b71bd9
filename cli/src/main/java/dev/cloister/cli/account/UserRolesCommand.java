package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConsentOption;
import dev.cloister.cli.terminal.NobodyToAskException;
import dev.cloister.contract.api.AssignableRoles;
import dev.cloister.contract.api.SlimRole;
import dev.cloister.contract.api.UpdateRoles;
import dev.cloister.contract.api.User;
import dev.cloister.contract.client.ApiClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "edit-roles",
        description = "Give a user these roles for the whole deployment, and take all others away.")
final class UserRolesCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "USER", description = "The user, by name or ID.")
    private String user = "";

    @Option(
            names = "--roles",
            split = ",",
            paramLabel = "ROLE",
            description = "All roles that the user is to have; an empty text for none. Without it, asks.")
    private @Nullable List<String> roles;

    @Mixin
    private ConsentOption consent = new ConsentOption();

    UserRolesCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var found = client.users().get(user);
            var known =
                    client.roles().list().stream().map(AssignableRoles::name).toList();
            var wanted = wanted(known);
            for (var role : wanted) {
                if (!known.contains(role)) {
                    throw CommandException.usage("There is no role \"" + role
                            + "\" for the whole deployment. There is: " + String.join(", ", known) + ".");
                }
            }
            context.askIfAttended(
                    consent.given(),
                    "Change the roles of " + found.username() + " from " + names(roles(found)) + " to " + names(wanted)
                            + "?");
            change(client, found, wanted);
        }
        return 0;
    }

    private void change(ApiClient client, User found, List<String> wanted) throws IOException {
        var changed = client.users().setRoles(found.id().toString(), new UpdateRoles(wanted));
        context.terminal().print("The user " + changed.username() + " has " + names(roles(changed)) + " now.");
    }

    private List<String> wanted(List<String> known) throws CommandException {
        if (roles != null) {
            return cleaned(roles.stream());
        }
        try {
            var answer = context.terminal().ask("Roles, with commas between them (" + String.join(", ", known) + ")");
            return cleaned(Stream.of(answer.split(",", -1)));
        } catch (NobodyToAskException nobody) {
            throw CommandException.usage("Which roles? Add --roles with some of: " + String.join(", ", known) + ".");
        }
    }

    private static List<String> cleaned(Stream<String> typed) {
        return typed.map(String::strip)
                .filter(role -> !role.isEmpty())
                .distinct()
                .toList();
    }

    private static List<String> roles(User user) {
        return user.roles().stream().map(SlimRole::name).toList();
    }

    private static String names(List<String> roles) {
        return roles.isEmpty() ? "no role" : roles.stream().collect(Collectors.joining(", "));
    }
}
