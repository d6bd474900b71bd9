package dev.cloister.cli.template;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "promote", description = "Make a version the one that new workspaces use.")
final class VersionPromoteCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "TEMPLATE", description = "The template.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "The version.")
    private String version = "";

    @Mixin
    private TemplateLookup lookup = new TemplateLookup();

    VersionPromoteCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var template = lookup.require(client, name);
            var chosen = client.templates().versionByName(template.organizationId(), template.name(), version);
            client.templates().promote(template.id(), chosen.id());
            context.terminal().print("Version " + chosen.name() + " of " + name + " is active.");
        }
        return 0;
    }
}
