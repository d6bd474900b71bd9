package dev.cloister.server.deployment;

import dev.cloister.contract.api.DeploymentConfig;
import dev.cloister.contract.api.DeploymentOption;
import dev.cloister.contract.api.DeploymentValues;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.config.ServerSettings;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.List;
import java.util.Map;

/** Every setting of the server with its value and where it came from; what is secret has no value. */
public final class DeploymentConfigRoutes {
    private final Authorizer authorizer;
    private final DeploymentConfig config;

    /** @param values the settings that have a place in the published form */
    public DeploymentConfigRoutes(Authorizer authorizer, DeploymentValues values, List<ServerSettings.Shown> settings) {
        this.authorizer = authorizer;
        this.config = new DeploymentConfig(
                values, settings.stream().map(DeploymentConfigRoutes::option).toList());
    }

    private static DeploymentOption option(ServerSettings.Shown setting) {
        return new DeploymentOption(
                setting.name(),
                setting.description(),
                setting.isSecret() ? "" : setting.name(),
                setting.variable(),
                setting.name(),
                setting.otherwise(),
                setting.value(),
                source(setting.source()),
                false,
                setting.isSecret() ? Map.of("secret", "true") : Map.of());
    }

    /** The published form knows four kinds of sources; ours say where exactly. */
    private static String source(String source) {
        if (source.startsWith("flag")) {
            return "flag";
        }
        if (source.startsWith("environment")) {
            return "env";
        }
        return source.equals("default") ? "default" : "yaml";
    }

    public void register(Routes routes) {
        routes.get("/api/v2/deployment/config", Access.to(Action.READ, ResourceType.DEPLOYMENT_CONFIG), this::get)
                .named("General", "Get the settings of the server with their sources")
                .answers(200, DeploymentConfig.class);
    }

    private Response get(Request request) {
        authorizer.requireOnType(request.caller(), Action.READ, ResourceType.DEPLOYMENT_CONFIG, null);
        return Response.ok(config);
    }
}
