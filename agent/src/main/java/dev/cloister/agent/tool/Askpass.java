package dev.cloister.agent.tool;

import dev.cloister.contract.agent.TokenAnswer;
import dev.cloister.contract.agent.TokenQuestion;
import java.util.List;

/** Git's {@code GIT_ASKPASS}: answers with the owner's token for a provider, or says why there is none. */
final class Askpass {
    /** Hosts that take a token as the password take any name with it; this one says in their logs what it was. */
    private static final String ANY_NAME = "x-access-token";

    private Askpass() {}

    static int run(List<String> arguments) {
        var prompt = arguments.size() == 1 ? Prompt.parse(arguments.getFirst()) : java.util.Optional.<Prompt>empty();
        if (prompt.isEmpty()) {
            System.err.println("cloister: this is not a question for which there is a token.");
            return 1;
        }
        var address = prompt.get().address();
        if (!address.isPrivate()) {
            System.err.println("cloister: no token is sent to " + address.place() + " over plain http; use https.");
            return 1;
        }
        var answer = Asking.patiently(new TokenQuestion(TokenQuestion.Kind.ADDRESS, address.toString(), false));
        return switch (answer) {
            case TokenAnswer.Token(var token, var username) -> {
                System.out.println(prompt.get().password() ? token : username.isEmpty() ? ANY_NAME : username);
                yield 0;
            }
            case TokenAnswer.Unlinked(var page) -> {
                System.err.println("cloister: your account at " + address.place() + " is not linked. Open " + page
                        + " in your browser, then try again.");
                yield 1;
            }
            case TokenAnswer.Unknown() -> {
                System.err.println("cloister: there is no token for " + address.place() + ".");
                yield 1;
            }
            case TokenAnswer.Failed(var reason) -> {
                System.err.println("cloister: no token for " + address.place() + ": " + Asking.readable(reason));
                yield 1;
            }
        };
    }
}
