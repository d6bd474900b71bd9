package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OrganizationOption;
import dev.cloister.cli.terminal.NobodyToAskException;
import dev.cloister.contract.api.CreateUserRequestWithOrgs;
import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.SecretText;
import dev.cloister.contract.api.UserStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = "Create a user, who logs in with a password unless --login-type says otherwise.")
final class UserCreateCommand implements Callable<Integer> {
    /** How the new user proves who they are. */
    enum Login {
        PASSWORD,
        NONE,
        GITHUB,
        OIDC;

        LoginType type() {
            return LoginType.valueOf(name());
        }
    }

    private final CliContext context;

    @Parameters(arity = "0..1", paramLabel = "USERNAME", description = "The user name.")
    private String positional = "";

    @Option(
            names = {"-u", "--username"},
            paramLabel = "USERNAME",
            description = "The user name, in place of the argument.")
    private String username = "";

    @Option(
            names = {"-e", "--email"},
            paramLabel = "ADDRESS",
            required = true,
            description = "The e-mail address.")
    private String email = "";

    @Option(
            names = {"-n", "--full-name"},
            paramLabel = "NAME",
            description = "The name of the person.")
    private String fullName = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "A role for the whole deployment. Repeat it for several.")
    private List<String> roles = List.of();

    @Option(names = "--login-type", paramLabel = "TYPE", description = "password (the default), none, github or oidc.")
    private Login login = Login.PASSWORD;

    @Option(
            names = {"-O", "--org"},
            paramLabel = "ORGANIZATION",
            description = "An organization to join in place of the default one, by name or ID.")
    private List<String> organizations = List.of();

    @Option(names = "--password-stdin", description = "Read the password from the standard input.")
    private boolean passwordStdin;

    UserCreateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        if (positional.isEmpty() == username.isEmpty()) {
            throw CommandException.usage("What is the user to be called? Give one user name.");
        }
        var name = positional + username;
        try (var client = context.client()) {
            var homes = new ArrayList<UUID>();
            for (var organization : organizations) {
                homes.add(OrganizationOption.named(client, organization).id());
            }
            var password = login == Login.PASSWORD ? password(name) : null;
            var user = client.users()
                    .create(new CreateUserRequestWithOrgs(
                            email, name, fullName, password, login.type(), UserStatus.ACTIVE, homes, roles, false));
            context.terminal()
                    .print(
                            login == Login.NONE
                                    ? "The user " + user.username() + " is made, and works by tokens alone."
                                    : "The user " + user.username() + " can log in with " + user.email() + ".");
        }
        return 0;
    }

    private SecretText password(String name) throws IOException, CommandException {
        try {
            if (!passwordStdin) {
                return new SecretText(context.terminal().askHidden("Password for " + name));
            }
        } catch (NobodyToAskException nobody) {
            throw CommandException.usage("There is no terminal to ask for the password on. Add --password-stdin.");
        }
        return context.terminal()
                .readLine()
                .filter(line -> !line.isBlank())
                .map(SecretText::new)
                .orElseThrow(() -> CommandException.usage("There is no password on the standard input."));
    }
}
