package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.ImportUserSecretsRequest;
import dev.cloister.contract.api.SecretText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = "Keep every secret of a file of NAME=VALUE lines, JSON or YAML, or none of them.")
final class SecretImportCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "FILE", description = "The file; - for the standard input.")
    private String file = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "env, json or yaml. Default: by the name of the file, else env.")
    private String format = "";

    SecretImportCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        String content = file.equals("-") ? SecretValue.input(context) : read();
        var request = new ImportUserSecretsRequest(format(), new SecretText(content));
        try (var client = context.client()) {
            int count = client.users().importSecrets("me", request).size();
            context.terminal().print("Workspaces get " + count + " more secrets at their next start.");
        }
        return 0;
    }

    private String read() throws IOException, CommandException {
        try {
            return Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            throw CommandException.usage("There is no file " + file + ".");
        }
    }

    private String format() {
        if (!format.isEmpty()) {
            return format;
        }
        String lower = file.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".json")) {
            return "json";
        }
        return lower.endsWith(".yaml") || lower.endsWith(".yml") ? "yaml" : "env";
    }
}
