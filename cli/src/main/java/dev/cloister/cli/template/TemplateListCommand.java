package dev.cloister.cli.template;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Ages;
import dev.cloister.cli.terminal.Table;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List the templates that you can use.")
final class TemplateListCommand implements Callable<Integer> {
    private final CliContext context;
    private final Clock clock = Clock.systemUTC();

    @Mixin
    private OutputOptions output = new OutputOptions();

    TemplateListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var templates = client.templates().list();
            if (output.json(context.terminal(), templates)) {
                return 0;
            }
            if (templates.isEmpty()) {
                context.terminal().say("There is no template yet. Begin with `cloister templates init`.");
                return 0;
            }
            var table = new Table("NAME", "ORGANIZATION", "UPDATED", "BY", "DESCRIPTION");
            for (var template : templates) {
                table.row(
                        template.name(),
                        template.organizationName(),
                        Ages.since(template.updatedAt(), clock.instant()),
                        template.createdByName(),
                        template.deprecated()
                                ? "(deprecated) " + template.deprecationMessage()
                                : template.description());
            }
            context.terminal().print(table);
        }
        return 0;
    }
}
