package dev.cloister.cli.workspace;

import dev.cloister.cli.schedule.StartTime;
import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.session.TimeSpan;
import dev.cloister.cli.terminal.NobodyToAskException;
import dev.cloister.cli.terminal.Table;
import dev.cloister.contract.api.AutomaticUpdates;
import dev.cloister.contract.api.CreateWorkspaceRequest;
import dev.cloister.contract.api.Template;
import dev.cloister.contract.api.WorkspaceBuildParameter;
import dev.cloister.contract.client.ApiClient;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Create a workspace from a template.")
public final class CreateCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = "The name of the new workspace.")
    private String name = "";

    @Option(
            names = {"-t", "--template"},
            paramLabel = "TEMPLATE",
            description = "The template. May be left out where there is only one.")
    private String template = "";

    @Option(names = "--template-version", paramLabel = "VERSION", description = "A version other than the active one.")
    private String version = "";

    @Option(
            names = "--start-at",
            paramLabel = "TIME",
            description = "Start it at a time of the day, such as \"9:30AM Mon-Fri Europe/Dublin\".")
    private String startAt = "";

    @Option(
            names = "--stop-after",
            paramLabel = "DURATION",
            description = "Stop it that long after each start, such as 8h.")
    private String stopAfter = "";

    @Option(
            names = "--automatic-updates",
            paramLabel = "always|never",
            description = "Whether it moves to the active version of its template when it starts.")
    private @Nullable AutomaticUpdates updates;

    @Mixin
    private ParameterOptions parameters = new ParameterOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    public CreateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var named = WorkspaceName.parse(name);
        var schedule = startAt.isEmpty()
                ? null
                : StartTime.parse(context, List.of(startAt)).cron();
        var ttl = stopAfter.isEmpty()
                ? null
                : (Long) TimeSpan.parseOrMinutes(stopAfter).toMillis();
        try (var client = context.client()) {
            var chosen = choose(client.templates().list());
            var versionId = version.isEmpty()
                    ? null
                    : client.templates()
                            .versionByName(chosen.organizationId(), chosen.name(), version)
                            .id();
            var questions = client.templates().parameters(versionId == null ? chosen.activeVersionId() : versionId);
            var answers = new ParameterAnswers(context.terminal(), parameters, Set.of()).to(questions);
            if (context.terminal().interactive() && !parameters.acceptDefaults()) {
                confirm(chosen, answers);
            }
            var request = new CreateWorkspaceRequest(
                    versionId == null ? chosen.id() : null,
                    versionId,
                    named.workspace(),
                    schedule,
                    ttl,
                    answers,
                    updates,
                    null);
            create(client, named.owner(), request);
        }
        return 0;
    }

    private void create(ApiClient client, String owner, CreateWorkspaceRequest request)
            throws IOException, CommandException {
        var created = client.workspaces().create(owner, request);
        new Workspaces(context, client).await(created.latestBuild());
        if (!output.json(context.terminal(), client.workspaces().get(created.id()))) {
            context.terminal()
                    .print("The workspace " + created.name() + " is running. Go in with `cloister ssh " + name + "`.");
        }
    }

    private Template choose(List<Template> templates) throws CommandException {
        var usable = templates.stream().filter(one -> !one.deprecated()).toList();
        var names = usable.stream().map(Template::name).collect(Collectors.joining(", "));
        if (usable.isEmpty()) {
            throw CommandException.failure("There is no template yet. Make one with `cloister templates init`"
                    + " and `cloister templates push`.");
        }
        var wanted = template;
        if (wanted.isEmpty()) {
            if (usable.size() == 1) {
                return usable.getFirst();
            }
            try {
                wanted = context.terminal().ask("Template (" + names + ")");
            } catch (NobodyToAskException nobody) {
                throw CommandException.usage("Which template? Add --template with one of: " + names + ".");
            }
        }
        var asked = wanted;
        return templates.stream()
                .filter(one -> one.name().equals(asked))
                .findFirst()
                .orElseThrow(() -> CommandException.failure(
                        "There is no template \"" + asked + "\" that you can see. There is: " + names + "."));
    }

    private void confirm(Template chosen, List<WorkspaceBuildParameter> answers) throws CommandException {
        var table = new Table("PARAMETER", "VALUE");
        answers.forEach(answer -> table.row(answer.name(), answer.value()));
        if (!answers.isEmpty()) {
            table.lines().forEach(context.terminal()::say);
        }
        context.requireConsent(false, "Create " + name + " from " + chosen.name() + "?", "--yes");
    }
}
