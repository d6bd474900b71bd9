package dev.cloister.cli.workspace;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.WorkspaceAgent;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Prints the address that has VS Code connect with its Remote - SSH extension, by the host names of {@code config-ssh}:
 * so the editor is let in by nothing else than this person's own session.
 */
@Command(
        name = "vscode",
        description = "Print the address that opens a workspace in VS Code on this machine.",
        footer = {
            "",
            "VS Code needs its Remote - SSH extension, and `cloister config-ssh` must have been run.",
            "For example: code --open-url \"$(cloister open vscode dev)\""
        })
final class OpenVsCodeCommand implements Callable<Integer> {
    private static final String DEFAULT_SUFFIX = "cloister";

    private final CliContext context;

    @Parameters(
            index = "0",
            paramLabel = "WORKSPACE",
            description = "NAME or OWNER/NAME, with .AGENT if it has several.")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DIRECTORY",
            description = "What to open there: a path, or one below the agent's directory. Default: that directory.")
    private String directory = "";

    OpenVsCodeCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var named = WorkspaceName.parse(name);
        try (var client = context.client()) {
            var workspace = new Workspaces(context, client).find(named);
            var agent = Agents.choose(workspace, named.agent());
            var suffix = client.sshConfig().hostnameSuffix();
            var owner = named.owner().equals("me") ? "" : workspace.ownerName() + "--";
            var several = Agents.of(workspace).size() > 1 ? "." + agent.name() : "";
            var host = owner + workspace.name() + several + "." + (suffix.isEmpty() ? DEFAULT_SUFFIX : suffix);
            context.terminal().print(address(host, folder(agent)));
        }
        return 0;
    }

    private String folder(WorkspaceAgent agent) throws CommandException {
        var base = agent.expandedDirectory();
        if (directory.startsWith("/")) {
            return directory;
        }
        if (base.isEmpty() && !directory.isEmpty()) {
            throw CommandException.usage(
                    "The agent's directory is not known yet: start the workspace, or name a path from the root.");
        }
        return directory.isEmpty() || base.endsWith("/") ? base + directory : base + "/" + directory;
    }

    private static String address(String host, String folder) throws CommandException {
        try {
            return new URI("vscode", "vscode-remote", "/ssh-remote+" + host + folder, null).toASCIIString();
        } catch (URISyntaxException unusable) {
            throw CommandException.usage("That is not a path that can be opened: " + unusable.getMessage());
        }
    }
}
