package dev.cloister.cli.workspace;

import dev.cloister.cli.session.CommandException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A workspace as a person names it: {@code name}, {@code owner/name}, {@code owner--name} (for host names, which have no
 * slash), each with {@code .agent} at the end where a workspace has several agents, or {@code owner--name--agent}.
 */
public record WorkspaceName(String owner, String workspace, Optional<String> agent) {
    private static final int MAX_LENGTH = 200;
    private static final String NAME = "[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*";
    private static final String AGENT = "[a-zA-Z0-9]+(?:[-_][a-zA-Z0-9]+)*";
    private static final Pattern THREE =
            Pattern.compile("(?<owner>%1$s)--(?<workspace>%1$s)--(?<agent>%2$s)".formatted(NAME, AGENT));
    private static final Pattern TWO =
            Pattern.compile("(?<owner>%1$s)(?:--|/)(?<workspace>%1$s)(?:\\.(?<agent>%2$s))?".formatted(NAME, AGENT));
    private static final Pattern ONE =
            Pattern.compile("(?<owner>)(?<workspace>%1$s)(?:\\.(?<agent>%2$s))?".formatted(NAME, AGENT));

    /** The name in words: {@code dev}, {@code alice/dev}. */
    private String shown() {
        return owner.equals("me") ? workspace : owner + "/" + workspace;
    }

    /** The failure of a command for a workspace that is not there, or that the server does not show to this person. */
    public CommandException unknown() {
        return CommandException.failure("There is no workspace \"" + shown() + "\" that you can see."
                + " `cloister list` shows those there are.");
    }

    public static WorkspaceName parse(String typed) throws CommandException {
        if (typed.length() <= MAX_LENGTH) {
            for (var form : new Pattern[] {ONE, TWO, THREE}) {
                var match = form.matcher(typed);
                if (match.matches()) {
                    var owner = match.group("owner");
                    return new WorkspaceName(
                            owner == null || owner.isEmpty() ? "me" : owner,
                            String.valueOf(match.group("workspace")),
                            Optional.ofNullable(match.group("agent")));
                }
            }
        }
        throw CommandException.usage(
                "That is not the name of a workspace. Names look like dev, alice/dev or alice/dev.main.");
    }
}
