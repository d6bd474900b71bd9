package dev.cloister.cli.role;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import dev.cloister.contract.api.AssignableRoles;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show roles with what they give and take: those named, or all.")
final class RoleShowCommand implements Callable<Integer> {
    private final CliContext context;
    private final Clock clock = Clock.systemUTC();

    @Parameters(arity = "0..*", paramLabel = "ROLE", description = "Names of roles.")
    private List<String> names = List.of();

    @Option(
            names = {"-c", "--column"},
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns to show: ${COMPLETION-CANDIDATES}.")
    private List<RoleColumn> columns = List.of(
            RoleColumn.NAME,
            RoleColumn.DISPLAY_NAME,
            RoleColumn.SITE_PERMISSIONS,
            RoleColumn.ORGANIZATION_PERMISSIONS,
            RoleColumn.USER_PERMISSIONS);

    @Mixin
    private RolePlace place;

    @Mixin
    private OutputOptions output = new OutputOptions();

    RoleShowCommand(CliContext context, RolePlace place) {
        this.context = context;
        this.place = place;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var all = place.in(context, client).list();
            for (var name : names) {
                if (all.stream().noneMatch(role -> role.name().equals(name))) {
                    throw CommandException.failure("There is no role \"" + name + "\" here.");
                }
            }
            List<AssignableRoles> shown = all.stream()
                    .filter(role -> names.isEmpty() || names.contains(role.name()))
                    .toList();
            if (!output.json(context.terminal(), shown)) {
                context.terminal().print(Table.of(columns, shown, clock.instant()));
            }
        }
        return 0;
    }
}
