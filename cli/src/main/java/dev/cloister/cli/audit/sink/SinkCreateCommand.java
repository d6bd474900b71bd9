package dev.cloister.cli.audit.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.terminal.NobodyToAskException;
import dev.cloister.contract.api.CreateAuditSinkRequest;
import dev.cloister.contract.api.SecretText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description =
                "Have copies of the audit log sent somewhere. What each transport takes is in docs/audit-sinks.md.")
final class SinkCreateCommand implements Callable<Integer> {
    private static final long LARGEST_FILE = 64 << 10;

    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = "A name for the sink: small letters, digits and hyphens.")
    private String name = "";

    @Option(
            names = "--transport",
            required = true,
            paramLabel = "KIND",
            description = "file, webhook, splunk, elastic, datadog, sumo, syslog or s3.")
    private String transport = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "json, ecs, ocsf or cef. Default: ${DEFAULT-VALUE}.")
    private String format = "json";

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A setting of the transport. Can be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--set-file",
            paramLabel = "NAME=FILE",
            description = "A setting whose value is in a file, such as ca_certificates. Can be repeated.")
    private Map<String, String> settingFiles = new LinkedHashMap<>();

    @Option(
            names = "--secret",
            paramLabel = "NAME",
            description = "A secret of the transport, to be asked for. Can be repeated.")
    private List<String> secrets = List.of();

    @Option(
            names = "--secret-file",
            paramLabel = "NAME=FILE",
            description = "A secret that is in a file, but for a line break at its end. Can be repeated.")
    private Map<String, String> secretFiles = new LinkedHashMap<>();

    @Option(names = "--paused", description = "Send nothing yet.")
    private boolean paused;

    @Option(names = "--from", paramLabel = "INDEX", description = "The first event to send. Default: the whole log.")
    private @Nullable Long from;

    SinkCreateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var all = new LinkedHashMap<>(settings);
        for (Map.Entry<String, String> file : settingFiles.entrySet()) {
            all.put(file.getKey(), content(file.getValue()));
        }
        var given = new LinkedHashMap<String, SecretText>();
        for (Map.Entry<String, String> file : secretFiles.entrySet()) {
            given.put(file.getKey(), new SecretText(content(file.getValue()).replaceFirst("\r?\n$", "")));
        }
        for (String secret : secrets) {
            given.put(secret, ask(secret));
        }
        try (var client = context.client()) {
            var made = client.auditSinks()
                    .create(new CreateAuditSinkRequest(name, transport, format, !paused, all, given, from));
            context.terminal()
                    .print("The sink " + made.name() + " is made" + (paused ? " and rests" : "") + ": "
                            + made.lagEvents() + " events wait for it.");
        }
        return 0;
    }

    private SecretText ask(String secret) throws IOException, CommandException {
        try {
            return new SecretText(context.terminal().askHidden("Value of " + secret));
        } catch (NobodyToAskException nobody) {
            throw CommandException.usage("There is no terminal to ask for " + secret + " on. Use --secret-file.");
        }
    }

    private String content(String file) throws IOException, CommandException {
        var path = context.path(file);
        if (!Files.isRegularFile(path) || Files.size(path) > LARGEST_FILE) {
            throw CommandException.usage("There is no file " + path + " of at most 64 KiB.");
        }
        return new String(Files.readAllBytes(path), UTF_8);
    }
}
