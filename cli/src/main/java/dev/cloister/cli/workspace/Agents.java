package dev.cloister.cli.workspace;

import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.Workspace;
import dev.cloister.contract.api.WorkspaceAgent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The agents of a workspace. */
public final class Agents {
    private Agents() {}

    public static List<WorkspaceAgent> of(Workspace workspace) {
        return workspace.latestBuild().resources().stream()
                .flatMap(resource -> resource.agents().stream())
                .toList();
    }

    /** The agent of that name, or the only one. */
    public static WorkspaceAgent choose(Workspace workspace, Optional<String> name) throws CommandException {
        var agents = of(workspace);
        var names = agents.stream().map(WorkspaceAgent::name).collect(Collectors.joining(", "));
        if (agents.isEmpty()) {
            throw CommandException.failure(
                    "The workspace " + workspace.name() + " has no agent, so there is nothing to connect to.");
        }
        if (name.isPresent()) {
            return agents.stream()
                    .filter(agent -> agent.name().equals(name.get()))
                    .findFirst()
                    .orElseThrow(() -> CommandException.failure("The workspace " + workspace.name() + " has no agent \""
                            + name.get() + "\". It has: " + names + "."));
        }
        if (agents.size() > 1) {
            throw CommandException.usage(
                    "The workspace " + workspace.name() + " has several agents: " + names + ". Name one, like "
                            + workspace.name() + "." + agents.getFirst().name() + ".");
        }
        return agents.getFirst();
    }
}
