package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.CreateTokenRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "create", description = "Make a token and print it. It cannot be shown again.")
final class TokenCreateCommand implements Callable<Integer> {
    private static final Pattern LIFETIME = Pattern.compile("([0-9]{1,6})([dhm])");
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

    @Option(names = "--scope", paramLabel = "SCOPE", description = "Limit the token to a scope. Repeat it for several.")
    private List<String> scopes = List.of();

    TokenCreateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var nanos = lifetime.isEmpty() ? 0 : parse(lifetime).toNanos();
        try (var client = context.client()) {
            var created = client.users().createToken("me", new CreateTokenRequest(nanos, "", scopes, name, List.of()));
            context.terminal().print(created.key().reveal());
        }
        return 0;
    }

    static Duration parse(String text) throws CommandException {
        var match = LIFETIME.matcher(text);
        if (!match.matches()) {
            throw CommandException.usage("\"" + text + "\" is no duration. Write it like 30d, 12h or 90m.");
        }
        var number = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "d" -> Duration.ofDays(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofMinutes(number);
        };
    }
}
