package dev.cloister.cli.template;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "list", description = "List the presets of a template: answers to its parameters under a name.")
final class PresetListCommand implements Callable<Integer> {
    private final CliContext context;
    private final Clock clock = Clock.systemUTC();

    @Parameters(paramLabel = "TEMPLATE", description = "The template.")
    private String name = "";

    @Option(
            names = "--template-version",
            paramLabel = "VERSION",
            description = "Those of this version. Default: the active one.")
    private String version = "";

    @Option(
            names = {"-c", "--column"},
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns to show: ${COMPLETION-CANDIDATES}.")
    private List<PresetColumn> columns = List.of(PresetColumn.values());

    @Mixin
    private TemplateLookup lookup = new TemplateLookup();

    @Mixin
    private OutputOptions output = new OutputOptions();

    PresetListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var template = lookup.require(client, name);
            var chosen = version.isEmpty()
                    ? template.activeVersionId()
                    : client.templates()
                            .versionByName(template.organizationId(), template.name(), version)
                            .id();
            var presets = client.templates().presets(chosen);
            if (output.json(context.terminal(), presets)) {
                return 0;
            }
            if (presets.isEmpty()) {
                context.terminal().say("This version of " + name + " has no presets.");
                return 0;
            }
            context.terminal().print(Table.of(columns, presets, clock.instant()));
        }
        return 0;
    }
}
