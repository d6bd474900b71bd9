package dev.cloister.agent.tool;

import dev.cloister.contract.agent.TokenAnswer;
import dev.cloister.contract.agent.TokenQuestion;
import java.io.FileWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Asks the agent. */
final class Asking {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Asking() {}

    /** Asks once. */
    static TokenAnswer once(TokenQuestion question) {
        var socket = System.getenv(TokenQuestion.SOCKET);
        if (socket == null || socket.isEmpty()) {
            return TokenAnswer.failed("this is not a workspace, " + TokenQuestion.SOCKET + " is not set.");
        }
        try {
            return question.ask(Path.of(socket));
        } catch (IOException | IllegalArgumentException e) {
            return TokenAnswer.failed("the agent of this workspace does not answer: " + e.getMessage());
        }
    }

    /** Where a person sits at a terminal, shows them the page and waits for the link; where nobody does, asks once. */
    static TokenAnswer patiently(TokenQuestion question) {
        var answer = once(question);
        if (!(answer instanceof TokenAnswer.Unlinked(var page)) || !tell(page)) {
            return answer;
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        var waiting = new TokenQuestion(question.kind(), question.subject(), true);
        while (answer instanceof TokenAnswer.Unlinked && System.nanoTime() < end) {
            answer = once(waiting);
        }
        return answer;
    }

    private static boolean tell(String page) {
        try (var terminal = new FileWriter("/dev/tty", StandardCharsets.UTF_8)) {
            terminal.write("Link your account in a browser to go on: " + readable(page) + "\n(Ctrl-C gives up.)\n");
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    static String readable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
