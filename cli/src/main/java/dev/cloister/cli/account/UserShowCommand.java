package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Column;
import dev.cloister.cli.terminal.Table;
import dev.cloister.contract.api.Organization;
import dev.cloister.contract.api.User;
import dev.cloister.contract.client.ApiClient;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a user: by name or ID, or \"me\".")
final class UserShowCommand implements Callable<Integer> {
    private static final List<UserColumn> SHOWN = List.of(
            UserColumn.ID,
            UserColumn.NAME,
            UserColumn.EMAIL,
            UserColumn.STATUS,
            UserColumn.LOGIN_TYPE,
            UserColumn.ROLES,
            UserColumn.CREATED_AT,
            UserColumn.LAST_SEEN);

    private final CliContext context;
    private final Clock clock = Clock.systemUTC();

    @Parameters(paramLabel = "USER", description = "The user, by name or ID, or me.")
    private String user = "";

    @Mixin
    private OutputOptions output = new OutputOptions();

    UserShowCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var found = client.users().get(user);
            if (!output.json(context.terminal(), found)) {
                print(found, organizations(client, found));
            }
        }
        return 0;
    }

    /** Those that the caller can see too. */
    private static String organizations(ApiClient client, User user) throws IOException {
        return client.organizationCalls().list().stream()
                .filter(one -> user.organizationIds().contains(one.id()))
                .map(Organization::name)
                .collect(Collectors.joining(" "));
    }

    private void print(User found, String organizations) {
        var table = new Table("USER", found.username());
        for (var column : SHOWN) {
            table.row(Column.title(column), column.cell(found, clock.instant()));
        }
        table.row("Organizations", organizations);
        context.terminal().print(table);
    }
}
