package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.session.TimeSpan;
import dev.cloister.contract.api.APIAllowListTarget;
import dev.cloister.contract.api.CreateTokenRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "create", description = "Make a token and print it. It cannot be shown again.")
final class TokenCreateCommand implements Callable<Integer> {
    private static final Pattern TARGET = Pattern.compile("([a-z_]+|\\*):([0-9a-fA-F-]{36}|\\*)");
    private final CliContext context;

    @Option(
            names = {"-n", "--name"},
            paramLabel = "NAME",
            description = "A name by which you will know it.")
    private String name = "";

    @Option(
            names = "--lifetime",
            paramLabel = "DURATION",
            description = "How long it lives, for example 30d, 12h or 90m. Default: what the server sets.")
    private String lifetime = "";

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER",
            description = "Make it for somebody else, where you may.")
    private String user = "me";

    @Option(
            names = "--scope",
            split = ",",
            paramLabel = "SCOPE",
            description = "Limit the token to a scope, such as workspace:read. Repeat it for several.")
    private List<String> scopes = List.of();

    @Option(
            names = "--allow",
            split = ",",
            paramLabel = "TYPE:ID",
            description = "Limit the token to this, such as workspace:ID. Repeat it for several.")
    private List<String> allowed = List.of();

    @Mixin
    private OutputOptions output = new OutputOptions();

    TokenCreateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var nanos = lifetime.isEmpty() ? 0 : nanoseconds(TimeSpan.parse(lifetime));
        var request = new CreateTokenRequest(nanos, "", scopes, name, targets(allowed));
        try (var client = context.client()) {
            var created = client.users().createToken(user, request);
            if (!output.json(context.terminal(), created)) {
                context.terminal().print(created.key().reveal());
            }
        }
        return 0;
    }

    private static long nanoseconds(Duration span) throws CommandException {
        try {
            return span.toNanos();
        } catch (ArithmeticException tooLong) {
            throw CommandException.usage("No token can live that long.");
        }
    }

    private static List<APIAllowListTarget> targets(List<String> typed) throws CommandException {
        var targets = new ArrayList<APIAllowListTarget>();
        for (var text : typed) {
            var match = TARGET.matcher(text);
            if (!match.matches()) {
                throw CommandException.usage("\"" + text + "\" names nothing. Write TYPE:ID, such as"
                        + " workspace:6a1f0c9e-7d0c-4a34-9f0e-6f1d3b1c2a55 or template:*.");
            }
            targets.add(new APIAllowListTarget(match.group(1), match.group(2)));
        }
        return targets;
    }
}
