package dev.cloister.cli.session;

import dev.cloister.cli.terminal.NobodyToAskException;
import dev.cloister.cli.terminal.PlainText;
import dev.cloister.contract.client.ApiException;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/** Failures in words. */
public final class FailureText {
    private FailureText() {}

    /** What happened and what to do about it. Words of the server are made plain. */
    public static List<String> lines(Throwable failure, CliContext context) {
        return switch (failure) {
            case ApiException refused -> refusal(refused);
            case NobodyToAskException question ->
                List.of("There is no terminal to ask on (" + reason(question)
                        + "). Give the answer as an option; see --help.");
            case HttpConnectTimeoutException slow ->
                List.of("No connection within ten seconds. Is the server up, and is the URL right?");
            case HttpTimeoutException slow -> List.of("The server did not answer in time.");
            case SSLException untrusted ->
                List.of(
                        "No secure connection: " + reason(untrusted),
                        "If your company runs its own certificate authority, name its file in CLOISTER_CA_FILE.");
            case CommandException known -> plainLines(reason(known));
            case IOException io -> plainLines(reason(io));
            default ->
                List.of(
                        "This should not have happened: " + PlainText.of(failure.toString()),
                        "Please report it, with the command you gave.");
        };
    }

    private static List<String> refusal(ApiException refused) {
        var lines = new ArrayList<>(plainLines(refused.error().message()));
        for (var validation : refused.error().validations()) {
            lines.add("  " + PlainText.of(validation.field()) + ": " + PlainText.of(validation.detail()));
        }
        if (!refused.error().detail().isBlank()) {
            plainLines(refused.error().detail()).forEach(line -> lines.add("  " + line));
        }
        if (refused.status() == 401) {
            lines.add("Run `cloister login` to begin a new session.");
        }
        return lines;
    }

    /** The message of a failure, or its kind where it has none. */
    public static String reason(Throwable failure) {
        var message = failure.getMessage();
        return message != null ? message : failure.getClass().getSimpleName();
    }

    /** The lines of a text from elsewhere, each made plain. */
    public static List<String> plainLines(String text) {
        return text.lines().map(PlainText::of).toList();
    }
}
