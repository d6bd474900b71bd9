package dev.cloister.cli.template;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete templates. The server refuses while workspaces use them.")
final class TemplateDeleteCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "The templates.")
    private List<String> names = List.of();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Mixin
    private TemplateLookup lookup = new TemplateLookup();

    TemplateDeleteCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            for (var name : names) {
                var template = lookup.require(client, name);
                context.requireConsent(yes, "Delete the template " + name + " with all its versions?", "--yes");
                client.templates().delete(template.id());
                context.terminal().print("The template " + name + " is deleted.");
            }
        }
        return 0;
    }
}
