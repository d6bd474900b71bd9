package dev.cloister.cli.template;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.UpdateTemplateMeta;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "edit",
        description = "Change what a template is called, how it is described, and what it decides for its workspaces.")
final class EditCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = "The template.")
    private String name = "";

    @Option(names = "--name", paramLabel = "NEW-NAME", description = "Its new name.")
    private @Nullable String newName;

    @Option(names = "--display-name", paramLabel = "TEXT", description = "The title that people see.")
    private @Nullable String displayName;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    private @Nullable String description;

    @Option(names = "--icon", paramLabel = "URL", description = "A path or URL of an icon.")
    private @Nullable String icon;

    @Option(
            names = "--deprecated",
            paramLabel = "TEXT",
            description = "Tell people what to use instead. An empty text takes it back.")
    private @Nullable String deprecated;

    @Mixin
    private SettingOptions settings = new SettingOptions();

    @Mixin
    private TemplateLookup lookup = new TemplateLookup();

    EditCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var template = lookup.require(client, name);
            client.templates()
                    .update(
                            template.id(),
                            new UpdateTemplateMeta(
                                    newName,
                                    displayName,
                                    description,
                                    icon,
                                    settings.defaultTtl,
                                    settings.activityBump,
                                    settings.autostop(),
                                    settings.autostart(),
                                    settings.userAutostart,
                                    settings.userAutostop,
                                    settings.userCancel,
                                    settings.failureTtl,
                                    settings.dormancy,
                                    settings.autodelete,
                                    null,
                                    false,
                                    false,
                                    settings.activeVersion,
                                    deprecated,
                                    settings.closed(),
                                    null,
                                    null,
                                    null,
                                    null));
            context.terminal().print("The template " + name + " is changed.");
        }
        return 0;
    }
}
