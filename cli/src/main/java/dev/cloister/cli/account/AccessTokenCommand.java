package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.CommandGroup;
import dev.cloister.contract.agent.TokenAnswer;
import dev.cloister.contract.agent.TokenQuestion;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code external-auth access-token}: the owner's token for a provider, inside a workspace of theirs. */
@Command(
        name = "access-token",
        description = {
            "Print your token for a provider, in a workspace of yours.",
            "Where you have not linked an account, print the page where you do, and end with 1."
        })
public final class AccessTokenCommand implements Callable<Integer> {
    private static final int NOT_LINKED = 1;

    private final CliContext context;

    @Parameters(paramLabel = "PROVIDER", description = "The ID of the provider.")
    private String provider = "";

    private AccessTokenCommand(CliContext context) {
        this.context = context;
    }

    public static CommandLine line(CliContext context) {
        return CommandGroup.of("Use accounts with other providers, in a workspace.")
                .addSubcommand("access-token", new AccessTokenCommand(context));
    }

    @Override
    public Integer call() throws CommandException {
        return switch (ask()) {
            case TokenAnswer.Token(var token, var ignored) -> {
                context.terminal().print(token);
                yield 0;
            }
            // On standard output, as scripts expect that show it to a person.
            case TokenAnswer.Unlinked(var page) -> {
                context.terminal().print(page);
                yield NOT_LINKED;
            }
            case TokenAnswer.Unknown() -> throw CommandException.usage("there is no provider " + provider);
            case TokenAnswer.Failed(var reason) -> throw CommandException.usage(reason);
        };
    }

    private TokenAnswer ask() throws CommandException {
        var socket = context.settings().environment().getOrDefault(TokenQuestion.SOCKET, "");
        if (socket.isEmpty()) {
            throw CommandException.usage(
                    "this works inside a workspace only, where " + TokenQuestion.SOCKET + " names its agent");
        }
        try {
            return new TokenQuestion(TokenQuestion.Kind.PROVIDER, provider, false).ask(Path.of(socket));
        } catch (IOException | InvalidPathException e) {
            throw CommandException.usage("the agent of this workspace does not answer: " + e.getMessage());
        }
    }
}
