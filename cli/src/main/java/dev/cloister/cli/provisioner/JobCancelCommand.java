package dev.cloister.cli.provisioner;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OrganizationOption;
import dev.cloister.contract.api.ProvisionerJob;
import dev.cloister.contract.client.ApiClient;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", description = "Cancel a job: a build of a workspace or the import of a template's version.")
final class JobCancelCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "JOB", description = "The ID of the job.")
    private UUID id = new UUID(0, 0);

    @Mixin
    private OrganizationOption organization = new OrganizationOption();

    JobCancelCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            cancel(
                    client,
                    client.provisioners().job(organization.find(context, client).id(), id));
            context.terminal().print("Job " + id + " is being canceled.");
        }
        return 0;
    }

    private static void cancel(ApiClient client, ProvisionerJob job) throws IOException, CommandException {
        UUID build = job.input().workspaceBuildId();
        UUID version = job.input().templateVersionId();
        switch (job.type()) {
            case WORKSPACE_BUILD -> client.workspaces().cancelBuild(required(build));
            case TEMPLATE_VERSION_IMPORT -> client.templates().cancelVersion(required(version));
            case TEMPLATE_VERSION_DRY_RUN -> client.templates().cancelDryRun(required(version), job.id());
        }
    }

    private static UUID required(@Nullable UUID subject) throws CommandException {
        if (subject == null) {
            throw CommandException.failure("What this job works on is not known, so it cannot be canceled.");
        }
        return subject;
    }
}
