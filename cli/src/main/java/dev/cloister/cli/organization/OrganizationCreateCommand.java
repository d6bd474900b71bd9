package dev.cloister.cli.organization;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConsentOption;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.contract.api.CreateOrganizationRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Make an organization.")
final class OrganizationCreateCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = "The name of the new organization.")
    private String name = "";

    @Option(names = "--display-name", paramLabel = "TEXT", description = "The title that people see.")
    private String displayName = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "Who it is for.")
    private String description = "";

    @Option(names = "--icon", paramLabel = "URL", description = "A path or URL of an icon.")
    private String icon = "";

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    OrganizationCreateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        context.askIfAttended(consent.given(), "Make the organization " + name + "?");
        try (var client = context.client()) {
            var made = client.organizationCalls()
                    .create(new CreateOrganizationRequest(name, displayName, description, icon));
            if (!output.json(context.terminal(), made)) {
                context.terminal().print("The organization " + made.name() + " (" + made.id() + ") is made.");
            }
        }
        return 0;
    }
}
