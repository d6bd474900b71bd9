package dev.cloister.cli.workspace;

import dev.cloister.cli.job.JobFollower;
import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.CreateWorkspaceBuildRequest;
import dev.cloister.contract.api.ProvisionerJobStatus;
import dev.cloister.contract.api.Workspace;
import dev.cloister.contract.api.WorkspaceBuild;
import dev.cloister.contract.api.WorkspaceBuildParameter;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.contract.client.ApiClient;
import dev.cloister.contract.client.ApiException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finding workspaces and changing their state, with the log of each build shown as it runs. */
public final class Workspaces {
    private static final int NOT_FOUND = 404;
    private static final int PAGE = 200;
    private static final int MAX_PAGES = 500;

    private final CliContext context;
    private final ApiClient client;

    public Workspaces(CliContext context, ApiClient client) {
        this.context = context;
        this.client = client;
    }

    public Workspace find(WorkspaceName name) throws IOException, CommandException {
        try {
            return client.workspaces().byName(name.owner(), name.workspace());
        } catch (ApiException refused) {
            if (refused.status() == NOT_FOUND) {
                throw name.unknown();
            }
            throw refused;
        }
    }

    /** All workspaces that match a query, as far as the caller may see them. */
    public List<Workspace> search(String query) throws IOException {
        var found = new ArrayList<Workspace>();
        for (int page = 0; page < MAX_PAGES; page++) {
            var answer = client.workspaces().list(query, PAGE, page * PAGE);
            found.addAll(answer.workspaces());
            if (answer.workspaces().size() < PAGE || found.size() >= answer.count()) {
                break;
            }
        }
        return found;
    }

    /** Builds with the version that the workspace has, and waits for the end. */
    public void build(Workspace workspace, WorkspaceTransition transition, BuildReason reason)
            throws IOException, CommandException {
        build(workspace, transition, reason, null, List.of(), false);
    }

    /** Builds with a version (null for the one it has) and with changed parameters, and waits for the end. */
    void build(
            Workspace workspace,
            WorkspaceTransition transition,
            BuildReason reason,
            @Nullable UUID version,
            List<WorkspaceBuildParameter> parameters,
            boolean orphan)
            throws IOException, CommandException {
        var request = new CreateWorkspaceBuildRequest(
                version, transition, false, orphan, parameters, "", null, reason, List.of(), null);
        await(client.workspaces().build(workspace.id(), request));
    }

    /** Waits until a build has succeeded. */
    public void await(WorkspaceBuild build) throws IOException, CommandException {
        var title = switch (build.transition()) {
            case START -> "Starting ";
            case STOP -> "Stopping ";
            case DELETE -> "Deleting ";
        };
        var job = new JobFollower(context.terminal())
                .follow(
                        title + build.workspaceName(),
                        line -> client.workspaces().followBuild(build.id(), line),
                        () -> client.workspaces().build(build.id()).job());
        if (job.status() != ProvisionerJobStatus.SUCCEEDED) {
            var reason = job.error().isBlank() ? "It was canceled." : job.error();
            throw CommandException.failure(
                    "Build " + build.buildNumber() + " of " + build.workspaceName() + " did not succeed.\n" + reason
                            + "\nSee `cloister logs " + build.workspaceName() + "` for its log.");
        }
    }
}
