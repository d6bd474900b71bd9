package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.terminal.NobodyToAskException;
import dev.cloister.contract.api.CreateUserRequestWithOrgs;
import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.SecretText;
import dev.cloister.contract.api.UserStatus;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Create a user who logs in with a password.")
final class UserCreateCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "USERNAME", description = "The user name.")
    private String username = "";

    @Option(names = "--email", paramLabel = "ADDRESS", required = true, description = "The e-mail address.")
    private String email = "";

    @Option(names = "--full-name", paramLabel = "NAME", description = "The name of the person.")
    private String fullName = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "A role for the whole deployment. Repeat it for several.")
    private List<String> roles = List.of();

    @Option(names = "--password-stdin", description = "Read the password from the standard input.")
    private boolean passwordStdin;

    UserCreateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var request = new CreateUserRequestWithOrgs(
                email, username, fullName, password(), LoginType.PASSWORD, UserStatus.ACTIVE, List.of(), roles, false);
        try (var client = context.client()) {
            var user = client.users().create(request);
            context.terminal().print("The user " + user.username() + " can log in with " + user.email() + ".");
        }
        return 0;
    }

    private SecretText password() throws IOException, CommandException {
        try {
            if (!passwordStdin) {
                return new SecretText(context.terminal().askHidden("Password for " + username));
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
