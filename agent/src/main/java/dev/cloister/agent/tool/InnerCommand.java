package dev.cloister.agent.tool;

import dev.cloister.contract.agent.TokenAnswer;
import dev.cloister.contract.agent.TokenQuestion;
import java.util.List;

/** The part of the command line that every workspace has: {@code external-auth access-token PROVIDER}. */
final class InnerCommand {
    private static final int USAGE = 64;

    private InnerCommand() {}

    static int run(List<String> arguments) {
        if (arguments.size() != 3
                || !arguments.get(0).equals("external-auth")
                || !arguments.get(1).equals("access-token")
                || arguments.get(2).startsWith("-")) {
            System.err.println("Usage: cloister external-auth access-token PROVIDER\n"
                    + "This is the small command line of a workspace; install the whole one for everything else.");
            return USAGE;
        }
        return accessToken(arguments.get(2));
    }

    private static int accessToken(String provider) {
        return switch (Asking.once(new TokenQuestion(TokenQuestion.Kind.PROVIDER, provider, false))) {
            case TokenAnswer.Token(var token, var ignored) -> {
                System.out.println(token);
                yield 0;
            }
            // On standard output, as scripts expect that show it to a person.
            case TokenAnswer.Unlinked(var page) -> {
                System.out.println(page);
                yield 1;
            }
            case TokenAnswer.Unknown() -> {
                System.err.println("cloister: there is no provider " + Asking.readable(provider) + ".");
                yield 2;
            }
            case TokenAnswer.Failed(var reason) -> {
                System.err.println("cloister: " + Asking.readable(reason));
                yield 2;
            }
        };
    }
}
