package dev.cloister.cli.login;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The session's token, for programs that call the API themselves. */
@Command(name = "token", description = "Print the token of your session. Whoever has it can act as you.")
final class LoginTokenCommand implements Callable<Integer> {
    private final CliContext context;

    LoginTokenCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var server = context.server();
        var token = context.settings()
                .token(server)
                .orElseThrow(() -> CommandException.failure("You are not logged in to " + server + "."));
        context.terminal().print(token.reveal());
        return 0;
    }
}
