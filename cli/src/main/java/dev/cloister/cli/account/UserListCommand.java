package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import dev.cloister.contract.api.User;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

    @Option(
            names = {"-c", "--column"},
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns to show: ${COMPLETION-CANDIDATES}.")
    private List<UserColumn> columns =
            List.of(UserColumn.USERNAME, UserColumn.EMAIL, UserColumn.STATUS, UserColumn.ROLES, UserColumn.LAST_SEEN);

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
            context.terminal().print(Table.of(columns, found, clock.instant()));
        }
        return 0;
    }
}
