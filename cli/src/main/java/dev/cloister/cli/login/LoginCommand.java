package dev.cloister.cli.login;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ServerUrl;
import dev.cloister.cli.terminal.NobodyToAskException;
import dev.cloister.contract.api.LoginWithPasswordRequest;
import dev.cloister.contract.api.SecretText;
import dev.cloister.contract.client.ApiClient;
import dev.cloister.contract.client.SessionToken;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Begins a session and remembers it. Secrets are typed or read from the standard input, never taken as arguments. */
@Command(
        name = "login",
        description = "Log in to a server, and create its first administrator if it has none.",
        footer = {
            "",
            "For scripts: --token-stdin with a token, or --email with --password-stdin.",
            "With --first-user-name, --email and --password-stdin the first administrator is created;",
            "CLOISTER_SETUP_TOKEN holds the set-up token where the server asks for one."
        })
public final class LoginCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            description = "The server, for example https://cloister.example.com.")
    private String url = "";

    @Option(names = "--token-stdin", description = "Read a session token from the standard input.")
    private boolean tokenStdin;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "Your e-mail address.")
    private String email = "";

    @Option(names = "--password-stdin", description = "Read the password from the standard input.")
    private boolean passwordStdin;

    @Option(
            names = "--first-user-name",
            paramLabel = "NAME",
            description = "Create the first administrator with this user name.")
    private String firstUserName = "";

    private LoginCommand(CliContext context) {
        this.context = context;
    }

    public static CommandLine line(CliContext context) {
        return new CommandLine(new LoginCommand(context)).addSubcommand("token", new LoginTokenCommand(context));
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var server = url.isEmpty() ? context.server() : ServerUrl.parse(url);
        if (!tokenStdin && !passwordStdin && !context.terminal().interactive()) {
            throw CommandException.usage(
                    "There is no terminal to ask on. Give --token-stdin, or --email and --password-stdin.");
        }
        if (ServerUrl.exposed(server)) {
            context.terminal()
                    .say("Warning: " + server + " is not encrypted; others on the network can read your session.");
        }
        try (var client = context.connect(server, Optional.empty())) {
            var token = session(client);
            var user = client.as(token).users().me();
            context.settings().config().save(server, token);
            context.terminal().print("You are " + user.username() + " at " + server + ".");
        } catch (NobodyToAskException nobody) {
            throw CommandException.failure("The question was not answered. Nothing was changed.");
        }
        return 0;
    }

    private SessionToken session(ApiClient client) throws IOException, CommandException, NobodyToAskException {
        if (tokenStdin) {
            return token(secretOfInput("token").reveal());
        }
        if (!client.hasFirstUser()) {
            var created = new FirstUser(context, client).create(firstUserName, email, this::password);
            return client.login(created);
        }
        if (!firstUserName.isEmpty()) {
            throw CommandException.failure(
                    "This server has its first administrator already. Log in without --first-user-name.");
        }
        var terminal = context.terminal();
        if (email.isEmpty() && !passwordStdin) {
            if (!client.authMethods().password().enabled()) {
                return pasted(client);
            }
            email = terminal.ask("E-mail address (or nothing, to paste a token)");
            if (email.isEmpty()) {
                return pasted(client);
            }
        }
        if (email.isEmpty()) {
            throw CommandException.usage("Add --email ADDRESS to --password-stdin.");
        }
        return client.login(new LoginWithPasswordRequest(email, password("Password")));
    }

    private SessionToken pasted(ApiClient client) throws CommandException, NobodyToAskException {
        context.terminal().say("Open " + client.server().resolve("/cli-auth") + " in your browser and copy the token.");
        return token(context.terminal().askHidden("Token"));
    }

    private SecretText password(String question) throws IOException, CommandException, NobodyToAskException {
        return passwordStdin
                ? secretOfInput("password")
                : new SecretText(context.terminal().askHidden(question));
    }

    private SecretText secretOfInput(String what) throws IOException, CommandException {
        return context.terminal()
                .readLine()
                .filter(line -> !line.isBlank())
                .map(SecretText::new)
                .orElseThrow(() -> CommandException.usage("There is no " + what + " on the standard input."));
    }

    private static SessionToken token(String text) throws CommandException {
        try {
            return new SessionToken(text.strip());
        } catch (IllegalArgumentException wrong) {
            throw CommandException.failure("That is not a session token.");
        }
    }
}
