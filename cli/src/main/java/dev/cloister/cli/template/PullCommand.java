package dev.cloister.cli.template;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "pull", description = "Download the files of a template.")
final class PullCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "NAME", description = "The template.")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DIR",
            description = "Where to. Default: a directory with the template's name.")
    private String directory = "";

    @Option(names = "--version", paramLabel = "VERSION", description = "A version other than the active one.")
    private String version = "";

    @Option(names = "--tar", description = "Write the archive to the standard output instead.")
    private boolean tar;

    @Mixin
    private TemplateLookup lookup = new TemplateLookup();

    PullCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var template = lookup.require(client, name);
            var chosen = version.isEmpty()
                    ? client.templates().version(template.activeVersionId())
                    : client.templates().versionByName(template.organizationId(), template.name(), version);
            var archive = client.templates().download(chosen.job().fileId());
            if (tar) {
                context.terminal().out().write(archive);
                return 0;
            }
            if (!TemplateLookup.usable(template.name())) {
                throw CommandException.failure("The server gave the template a name that cannot be a directory.");
            }
            var target = context.path(directory.isEmpty() ? template.name() : directory);
            var files = TemplateExtraction.unpack(archive, target);
            context.terminal().print(files + (files == 1 ? " file is" : " files are") + " in " + target + ".");
            return 0;
        } catch (FileAlreadyExistsException exists) {
            throw CommandException.failure(exists.getMessage() + " exists already. Choose an empty directory.");
        }
    }
}
