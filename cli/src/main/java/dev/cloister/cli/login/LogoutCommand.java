package dev.cloister.cli.login;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.client.ApiException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "logout", description = "End the session, on the server and here.")
public final class LogoutCommand implements Callable<Integer> {
    private final CliContext context;

    public LogoutCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var server = context.server();
        var token = context.settings().token(server);
        if (token.isEmpty()) {
            context.terminal().say("You are not logged in to " + server + ".");
            return 0;
        }
        try (var client = context.connect(server, token)) {
            client.logout();
        } catch (ApiException refused) {
            if (refused.status() != 401) { // 401: it had ended already
                throw refused;
            }
        }
        if (context.settings().environmentToken().isEmpty()) {
            context.settings().config().forgetSession();
        }
        context.terminal().print("Logged out of " + server + ".");
        return 0;
    }
}
