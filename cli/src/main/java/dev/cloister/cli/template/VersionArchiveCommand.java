package dev.cloister.cli.template;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Archives versions or takes them back; two commands by one class, because they differ in a word. */
abstract class VersionArchiveCommand implements Callable<Integer> {
    private final CliContext context;
    private final boolean archived;

    @Parameters(index = "0", paramLabel = "TEMPLATE", description = "The template.")
    private String name = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "VERSION", description = "The versions.")
    private List<String> versions = List.of();

    @Mixin
    private TemplateLookup lookup = new TemplateLookup();

    private VersionArchiveCommand(CliContext context, boolean archived) {
        this.context = context;
        this.archived = archived;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var template = lookup.require(client, name);
            for (var version : versions) {
                var chosen = client.templates().versionByName(template.organizationId(), template.name(), version);
                client.templates().archiveVersion(chosen.id(), archived);
                context.terminal()
                        .print("Version " + chosen.name() + " of " + name + (archived ? " is archived." : " is back."));
            }
        }
        return 0;
    }

    @Command(name = "archive", description = "Archive versions, so that no workspace can be made of them.")
    static final class Archive extends VersionArchiveCommand {
        Archive(CliContext context) {
            super(context, true);
        }
    }

    @Command(name = "unarchive", description = "Take archived versions back.")
    static final class Unarchive extends VersionArchiveCommand {
        Unarchive(CliContext context) {
            super(context, false);
        }
    }
}
