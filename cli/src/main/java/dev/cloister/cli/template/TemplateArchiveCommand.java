package dev.cloister.cli.template;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "archive", description = "Archive versions that no workspace uses: those whose import failed, or all.")
final class TemplateArchiveCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "TEMPLATE", description = "The template.")
    private String name = "";

    @Option(names = "--all", description = "Archive unused versions whose import went well too.")
    private boolean all;

    @Mixin
    private TemplateLookup lookup = new TemplateLookup();

    TemplateArchiveCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var template = lookup.require(client, name);
            int archived = client.templates()
                    .archiveUnused(template.id(), all)
                    .archivedIds()
                    .size();
            context.terminal().print(archived == 1 ? "1 version is archived." : archived + " versions are archived.");
        }
        return 0;
    }
}
