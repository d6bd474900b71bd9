package dev.cloister.cli.workspace;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.WorkspaceApp;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "app", description = "Print the URL of an app of a workspace. Open it where you are logged in.")
final class OpenAppCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "The workspace, as NAME or OWNER/NAME.")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "APP",
            description = "The short name of the app. May be left out where there is one.")
    private String slug = "";

    OpenAppCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var named = WorkspaceName.parse(name);
        try (var client = context.client()) {
            var workspace = new Workspaces(context, client).find(named);
            var app = choose(Agents.choose(workspace, named.agent()).apps());
            context.terminal().print(url(client.server(), client.appHost().host(), app));
        }
        return 0;
    }

    private WorkspaceApp choose(List<WorkspaceApp> apps) throws CommandException {
        if (apps.isEmpty()) {
            throw CommandException.failure("This workspace has no apps.");
        }
        var slugs = apps.stream().map(WorkspaceApp::slug).collect(Collectors.joining(", "));
        if (slug.isEmpty()) {
            if (apps.size() > 1) {
                throw CommandException.usage("Which app? There is: " + slugs + ".");
            }
            return apps.getFirst();
        }
        return apps.stream()
                .filter(one -> one.slug().equals(slug))
                .findFirst()
                .orElseThrow(
                        () -> CommandException.failure("There is no app \"" + slug + "\". There is: " + slugs + "."));
    }

    /** An external app's URL is printed as the template has it: nothing of the session is ever put into it. */
    private static String url(URI server, String wildcard, WorkspaceApp app) throws CommandException {
        if (app.external()) {
            return app.url();
        }
        if (!app.subdomain() || app.subdomainName().isEmpty() || !wildcard.startsWith("*.")) {
            throw CommandException.failure(
                    "Apps have no host names on this server. Reach this one with `cloister port-forward`.");
        }
        var port = server.getPort() < 0 || wildcard.contains(":") ? "" : ":" + server.getPort();
        return server.getScheme() + "://" + app.subdomainName() + wildcard.substring(1) + port + "/";
    }
}
