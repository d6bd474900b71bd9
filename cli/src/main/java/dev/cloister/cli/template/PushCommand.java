package dev.cloister.cli.template;

import dev.cloister.cli.job.JobFollower;
import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.CreateTemplateRequest;
import dev.cloister.contract.api.CreateTemplateVersionRequest;
import dev.cloister.contract.api.ProvisionerJobStatus;
import dev.cloister.contract.api.ProvisionerStorageMethod;
import dev.cloister.contract.api.Template;
import dev.cloister.contract.api.TemplateVersion;
import dev.cloister.contract.api.VariableValue;
import dev.cloister.contract.client.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "push",
        description = "Upload a directory as a new version of a template, and make the template if there is none.")
final class PushCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The template. Default: the name of the directory.")
    private String name = "";

    @Option(
            names = {"-d", "--directory"},
            paramLabel = "DIR",
            description = "The directory with the template. Default: this one.")
    private String directory = ".";

    @Option(names = "--name", paramLabel = "VERSION", description = "A name for the version. Default: one is made up.")
    private String versionName = "";

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "What has changed.")
    private String message = "";

    @Option(
            names = "--variable",
            paramLabel = "NAME=VALUE",
            mapFallbackValue = "",
            description = "Give a variable of the template a value. Repeat it for several.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(names = "--no-activate", description = "Import the version without making it the one that is used.")
    private boolean inactive;

    @Mixin
    private TemplateLookup lookup = new TemplateLookup();

    PushCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var root = context.path(directory);
        var provisioner = provisioner(root);
        var template = templateName(root);
        try (var client = context.client()) {
            var existing = lookup.find(client, template);
            var organization = existing.isPresent()
                    ? existing.get().organizationId()
                    : lookup.organization(client).id();
            var file = client.templates().upload(TemplateArchive.of(root)).id();
            var version = client.templates()
                    .createVersion(
                            organization,
                            new CreateTemplateVersionRequest(
                                    versionName,
                                    message,
                                    existing.map(Template::id).orElse(null),
                                    ProvisionerStorageMethod.FILE,
                                    file,
                                    "",
                                    provisioner,
                                    Map.of(),
                                    variables.entrySet().stream()
                                            .map(given -> new VariableValue(given.getKey(), given.getValue()))
                                            .toList()));
            awaitImport(client, version);
            publish(client, organization, template, existing, version);
        }
        return 0;
    }

    private void awaitImport(ApiClient client, TemplateVersion version) throws IOException, CommandException {
        var job = new JobFollower(context.terminal())
                .follow(
                        "Importing " + version.name(),
                        line -> client.templates().followImport(version.id(), line),
                        () -> client.templates().version(version.id()).job());
        if (job.status() != ProvisionerJobStatus.SUCCEEDED) {
            var reason = job.error().isBlank() ? "It was canceled." : job.error();
            throw CommandException.failure("The template was not imported:\n" + reason);
        }
    }

    private void publish(
            ApiClient client, UUID organization, String name, Optional<Template> existing, TemplateVersion version)
            throws IOException {
        var terminal = context.terminal();
        if (existing.isEmpty()) {
            client.templates().create(organization, newTemplate(name, version.id()));
            terminal.print("The template " + name + " is ready. Try `cloister create dev --template " + name + "`.");
        } else if (inactive) {
            terminal.print(
                    "Version " + version.name() + " is imported. Use it with `cloister templates versions promote "
                            + name + " " + version.name() + "`.");
        } else {
            client.templates().promote(existing.get().id(), version.id());
            terminal.print("Version " + version.name() + " of " + name + " is active.");
        }
    }

    private static CreateTemplateRequest newTemplate(String name, UUID version) {
        return new CreateTemplateRequest(
                name, "", "", "", version, null, null, null, null, null, null, null, null, null, null, null, false,
                false, null, null, null);
    }

    private String templateName(Path root) throws CommandException {
        var chosen = name.isEmpty() ? String.valueOf(root.getFileName()) : name;
        if (!TemplateLookup.usable(chosen)) {
            throw CommandException.usage(
                    "\"" + chosen + "\" cannot be the name of a template: use up to 32 letters, digits"
                            + " and single hyphens, like `cloister templates push my-template`.");
        }
        return chosen;
    }

    /** What runs the template is told by the files it consists of. */
    private static String provisioner(Path root) throws IOException, CommandException {
        if (!Files.isDirectory(root)) {
            throw CommandException.usage("There is no directory " + root + ".");
        }
        if (Files.exists(root.resolve("workspace.yaml"))) {
            return "sandbox";
        }
        try (var files = Files.list(root)) {
            if (files.anyMatch(file -> file.toString().endsWith(".tf"))) {
                return "terraform";
            }
        }
        throw CommandException.usage("There is neither workspace.yaml nor a .tf file in " + root
                + ". Begin with `cloister templates init`.");
    }
}
