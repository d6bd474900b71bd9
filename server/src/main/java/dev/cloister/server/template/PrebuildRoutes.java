package dev.cloister.server.template;

import dev.cloister.contract.api.InvalidatePresetsResponse;
import dev.cloister.contract.api.PrebuildsSettings;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.Set;

/** Prepared workspaces and the script that starts an agent elsewhere, over HTTP. */
final class PrebuildRoutes {
    private static final String GROUP = "Prebuilds";
    private static final String SETTINGS = "/api/v2/prebuilds/settings";
    private static final Set<String> SYSTEMS = Set.of("linux", "darwin", "windows");
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "arm64", "armv7");

    private final PrebuildService service;

    PrebuildRoutes(PrebuildService service) {
        this.service = service;
    }

    void register(Routes routes) {
        routes.get(SETTINGS, Access.signedIn("whether the deployment prepares workspaces is no secret"), this::get)
                .named(GROUP, "Say whether pools of prepared workspaces are kept full")
                .answers(200, PrebuildsSettings.class);
        routes.put(SETTINGS, Access.to(Action.UPDATE, ResourceType.DEPLOYMENT_CONFIG), this::set)
                .named(GROUP, "Pause the filling of pools, or go on with it")
                .takes(PrebuildsSettings.class)
                .answers(200, PrebuildsSettings.class)
                .answers(304);
        routes.post(
                        "/api/v2/templates/{template}/prebuilds/invalidate",
                        Access.to(Action.UPDATE, ResourceType.TEMPLATE),
                        this::invalidate)
                .named(GROUP, "Hand out no more of a template's prepared workspaces")
                .answers(200, InvalidatePresetsResponse.class);
        routes.get(
                        "/api/v2/init-script/{os}/{arch}",
                        Access.open("it is fetched by a machine that has no credential yet, and holds no secret"),
                        PrebuildRoutes::script)
                .named("InitScript", "Give the script that starts an agent (planned)")
                .answers(501);
    }

    private Response get(Request request) {
        return Response.ok(new PrebuildsSettings(service.get().reconciliationPaused()));
    }

    private Response set(Request request) {
        var wanted = request.body(PrebuildsSettings.class);
        return service.set(request.caller(), wanted.reconciliationPaused()) ? Response.ok(wanted) : Response.empty(304);
    }

    private Response invalidate(Request request) {
        var invalidated = service.invalidate(request.caller(), new TemplateId(request.id("template")));
        return Response.ok(new InvalidatePresetsResponse(invalidated));
    }

    private static Response script(Request request) {
        if (!SYSTEMS.contains(request.path("os")) || !ARCHITECTURES.contains(request.path("arch"))) {
            throw new Failure.NotFound("There is no agent for this system.");
        }
        throw new Failure.NotOffered("Agents that are started by a script of their machine are not offered yet.");
    }
}
