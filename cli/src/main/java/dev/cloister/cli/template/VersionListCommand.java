package dev.cloister.cli.template;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Ages;
import dev.cloister.cli.terminal.Table;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "list", description = "List the versions of a template.")
final class VersionListCommand implements Callable<Integer> {
    private static final int MAX_VERSIONS = 500;
    private final CliContext context;
    private final Clock clock = Clock.systemUTC();

    @Parameters(paramLabel = "TEMPLATE", description = "The template.")
    private String name = "";

    @Mixin
    private TemplateLookup lookup = new TemplateLookup();

    @Mixin
    private OutputOptions output = new OutputOptions();

    VersionListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var template = lookup.require(client, name);
            var versions = client.templates().versions(template.id(), MAX_VERSIONS);
            if (output.json(context.terminal(), versions)) {
                return 0;
            }
            var table = new Table("NAME", "CREATED", "BY", "STATE", "ACTIVE", "MESSAGE");
            for (var version : versions) {
                table.row(
                        version.name(),
                        Ages.since(version.createdAt(), clock.instant()),
                        version.createdBy().username(),
                        version.job().status().name().toLowerCase(Locale.ROOT),
                        version.id().equals(template.activeVersionId()) ? "active" : "",
                        version.message());
            }
            context.terminal().print(table);
        }
        return 0;
    }
}
