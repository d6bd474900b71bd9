package dev.cloister.cli.ssh;

import dev.cloister.cli.job.JobFollower;
import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.terminal.Progress;
import dev.cloister.cli.workspace.Agents;
import dev.cloister.cli.workspace.WorkspaceName;
import dev.cloister.cli.workspace.Workspaces;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.Workspace;
import dev.cloister.contract.api.WorkspaceAgent;
import dev.cloister.contract.api.WorkspaceAgentLifecycle;
import dev.cloister.contract.api.WorkspaceAgentScript;
import dev.cloister.contract.api.WorkspaceAgentStartupScriptBehavior;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.contract.client.ApiClient;
import dev.cloister.contract.client.ApiException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Gets a workspace into a state in which one can connect to it: running, its agent connected and done with its scripts. */
final class Arrival {
    private static final int MAX_CHANGES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final CliContext context;
    private final ApiClient client;
    private final boolean mayStart;
    private final boolean waitForScripts;

    Arrival(CliContext context, ApiClient client, boolean mayStart, boolean waitForScripts) {
        this.context = context;
        this.client = client;
        this.mayStart = mayStart;
        this.waitForScripts = waitForScripts;
    }

    /** The agent to connect to, once that is possible. */
    UUID at(WorkspaceName name) throws IOException, CommandException {
        var found = find(name);
        var ready = ReadyAgent.in(found, name.agent());
        return ready.isPresent() ? ready.get() : after(found, name);
    }

    private JsonNode find(WorkspaceName name) throws IOException, CommandException {
        try {
            return client.workspaces().jsonByName(name.owner(), name.workspace());
        } catch (ApiException refused) {
            if (refused.status() == NOT_FOUND) {
                throw name.unknown();
            }
            throw refused;
        }
    }

    private UUID after(JsonNode found, WorkspaceName name) throws IOException, CommandException {
        var workspaces = new Workspaces(context, client);
        var workspace = ApiJson.mapper().treeToValue(found, Workspace.class);
        for (int change = 0; !running(workspace); change++) {
            if (change == MAX_CHANGES) {
                throw CommandException.failure("The workspace " + workspace.name() + " does not stay running.");
            }
            bringUp(workspaces, workspace);
            workspace = client.workspaces().get(workspace.id());
        }
        return await(Agents.choose(workspace, name.agent())).id();
    }

    private static boolean running(Workspace workspace) {
        return switch (workspace.latestBuild().status()) {
            case RUNNING -> true;
            case PENDING, STARTING, STOPPING, STOPPED, FAILED, CANCELING, CANCELED, DELETING, DELETED -> false;
        };
    }

    private void bringUp(Workspaces workspaces, Workspace workspace) throws IOException, CommandException {
        var build = workspace.latestBuild();
        var name = workspace.name();
        if (build.transition() == WorkspaceTransition.DELETE) {
            throw CommandException.failure("The workspace " + name + " is being deleted.");
        }
        if (!JobFollower.over(build.job().status())) {
            workspaces.await(build);
            return;
        }
        if (build.transition() == WorkspaceTransition.START) {
            throw CommandException.failure("The last start of " + name + " did not succeed: "
                    + build.job().error() + "\nTry `cloister start " + name + "`, or see `cloister logs " + name
                    + "`.");
        }
        if (!mayStart) {
            throw CommandException.failure(
                    "The workspace " + name + " is not running. Start it with `cloister start " + name + "`.");
        }
        try {
            workspaces.build(workspace, WorkspaceTransition.START, BuildReason.SSH_CONNECTION);
        } catch (ApiException refused) {
            if (refused.status() != CONFLICT) { // on a conflict somebody else has begun a build; look again
                throw refused;
            }
        }
    }

    private WorkspaceAgent await(WorkspaceAgent first) throws IOException, CommandException {
        var agent = first;
        var pause = FIRST_PAUSE;
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        if (ready(agent)) {
            return agent;
        }
        try (var progress = new Progress(context.terminal())) {
            while (!ready(agent)) {
                if (System.nanoTime() > deadline) {
                    throw CommandException.failure("The agent " + agent.name() + " did not become ready in "
                            + PATIENCE.toMinutes() + " minutes.");
                }
                progress.step(reason(agent));
                Thread.sleep(pause);
                pause = pause.compareTo(LONGEST_PAUSE) < 0
                        ? pause.multipliedBy(12).dividedBy(11)
                        : LONGEST_PAUSE;
                agent = client.agents().get(agent.id());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Waiting was interrupted.");
        }
        return agent;
    }

    private boolean ready(WorkspaceAgent agent) throws CommandException {
        return switch (agent.status()) {
            case CONNECTED -> started(agent);
            case CONNECTING, DISCONNECTED -> false;
            case TIMEOUT ->
                throw CommandException.failure("The agent " + agent.name() + " never connected to the server. "
                        + (agent.troubleshootingUrl().isBlank()
                                ? "See `cloister logs` for what the start said."
                                : "See " + agent.troubleshootingUrl()));
        };
    }

    private boolean started(WorkspaceAgent agent) throws CommandException {
        return switch (agent.lifecycleState()) {
            case CREATED, STARTING -> !(waitForScripts && blocksLogin(agent));
            case READY -> true;
            case START_ERROR, START_TIMEOUT -> {
                context.terminal()
                        .say("Note: a start-up script of this workspace did not succeed. See `cloister logs`.");
                yield true;
            }
            case SHUTTING_DOWN, SHUTDOWN_TIMEOUT, SHUTDOWN_ERROR, OFF ->
                throw CommandException.failure("The workspace is just shutting down.");
        };
    }

    private static boolean blocksLogin(WorkspaceAgent agent) {
        return agent.startupScriptBehavior() == WorkspaceAgentStartupScriptBehavior.BLOCKING
                || agent.scripts().stream().anyMatch(WorkspaceAgentScript::startBlocksLogin);
    }

    private static String reason(WorkspaceAgent agent) {
        return switch (agent.status()) {
            case CONNECTED ->
                agent.lifecycleState() == WorkspaceAgentLifecycle.STARTING
                        ? "Waiting for the start-up scripts (--no-wait goes in at once)"
                        : "Waiting for the agent to begin";
            case CONNECTING, TIMEOUT -> "Waiting for the agent to connect";
            case DISCONNECTED -> "The agent lost its connection; waiting for it to come back";
        };
    }
}
