package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Ages;
import dev.cloister.cli.terminal.Table;
import dev.cloister.contract.api.SlimRole;
import dev.cloister.contract.api.User;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List users.")
final class UserListCommand implements Callable<Integer> {
    private static final int PAGE = 200;
    private static final int MAX_PAGES = 500;
    private final CliContext context;
    private final Clock clock = Clock.systemUTC();

    @Option(
            names = "--search",
            paramLabel = "QUERY",
            description = "Only who matches, for example: status:active alice.")
    private String search = "";

    @Mixin
    private OutputOptions output = new OutputOptions();

    UserListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var found = new ArrayList<User>();
        try (var client = context.client()) {
            for (int page = 0; page < MAX_PAGES; page++) {
                var answer = client.users().list(search, PAGE, page * PAGE);
                found.addAll(answer.users());
                if (answer.users().size() < PAGE || found.size() >= answer.count()) {
                    break;
                }
            }
        }
        if (!output.json(context.terminal(), found)) {
            print(found);
        }
        return 0;
    }

    private void print(List<User> found) {
        var table = new Table("USERNAME", "EMAIL", "STATUS", "ROLES", "LAST SEEN");
        for (var user : found) {
            table.row(
                    user.username(),
                    user.email(),
                    user.status().name().toLowerCase(Locale.ROOT),
                    user.roles().stream().map(SlimRole::name).collect(Collectors.joining(" ")),
                    Ages.since(user.lastSeenAt(), clock.instant()));
        }
        context.terminal().print(table);
    }
}
