package dev.cloister.server.personal.external;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.DeleteExternalAuthByIDResponse;
import dev.cloister.contract.api.ExternalAuth;
import dev.cloister.contract.api.ExternalAuthDevice;
import dev.cloister.contract.api.ExternalAuthDeviceExchange;
import dev.cloister.contract.api.ExternalAuthLink;
import dev.cloister.contract.api.ExternalAuthLinkProvider;
import dev.cloister.contract.api.ExternalAuthUser;
import dev.cloister.contract.api.ListUserExternalAuthResponse;
import dev.cloister.contract.api.ZeroValues;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Links with providers over HTTP. A browser begins and ends linking in {@link CallbackRoutes}. */
final class LinkRoutes {
    private static final String BASE = "/api/v2/external-auth";
    private static final String ONE = BASE + "/{externalauth}";

    private final Providers providers;
    private final LinkService service;

    LinkRoutes(Providers providers, LinkService service) {
        this.providers = providers;
        this.service = service;
    }

    void register(Routes routes) {
        var read = Access.to(Action.READ_PERSONAL, ResourceType.USER);
        var update = Access.to(Action.UPDATE_PERSONAL, ResourceType.USER);
        routes.get(BASE, read, this::list)
                .named("Git", "List providers and one's links with them")
                .answers(200, ListUserExternalAuthResponse.class);
        routes.get(ONE, read, this::get)
                .named("Git", "Get one's link with a provider, as the provider sees it now")
                .answers(200, ExternalAuth.class);
        routes.delete(ONE, update, this::delete)
                .named("Git", "Delete one's link with a provider")
                .answers(200, DeleteExternalAuthByIDResponse.class);
        routes.get(ONE + "/device", update, this::device)
                .named("Git", "Begin to link by a code that is typed in elsewhere")
                .answers(200, ExternalAuthDevice.class);
        routes.post(ONE + "/device", update, this::exchange)
                .named("Git", "Finish linking by a code that was typed in elsewhere")
                .takes(ExternalAuthDeviceExchange.class)
                .answers(204)
                .answers(400, ApiError.class);
    }

    private Response list(Request request) {
        List<Link> links = service.list(request.user());
        return Response.ok(new ListUserExternalAuthResponse(
                providers.all().stream().map(LinkRoutes::wire).toList(),
                links.stream().map(this::wire).toList()));
    }

    private static ExternalAuthLinkProvider wire(Provider provider) {
        return new ExternalAuthLinkProvider(
                provider.id(),
                provider.type(),
                provider.deviceFlow(),
                provider.displayName(),
                provider.displayIcon(),
                provider.refresh(),
                provider.validateUrl() != null,
                provider.revokeUrl() != null,
                provider.proofKey() ? List.of("S256") : List.of());
    }

    private ExternalAuthLink wire(Link link) {
        String problem = service.problem(link);
        return new ExternalAuthLink(
                link.provider(),
                link.createdAt(),
                link.updatedAt(),
                link.refreshToken() != null,
                link.expiresAt() == null ? ZeroValues.TIME : link.expiresAt(),
                problem.isEmpty(),
                problem);
    }

    private Response get(Request request) {
        var state = service.state(request.user(), request.path("externalauth"));
        return Response.ok(new ExternalAuth(
                state.good(),
                state.provider().deviceFlow(),
                state.provider().displayName(),
                state.provider().revokeUrl() != null,
                holder(state.holder()),
                false,
                List.of(),
                ""));
    }

    /** Providers differ in how they name things; what is no text or number is left out. */
    private static @Nullable ExternalAuthUser holder(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        return new ExternalAuthUser(
                node.path("id").isIntegralNumber() ? node.path("id").asLong(0) : 0,
                first(node, "login", "username", "preferred_username"),
                first(node, "avatar_url", "picture"),
                first(node, "html_url", "web_url", "profile"),
                first(node, "name", "display_name"));
    }

    private static String first(JsonNode node, String... fields) {
        for (String field : fields) {
            String text = node.path(field).isString() ? OAuthClient.text(node, field) : "";
            if (!text.isEmpty()) {
                return text.length() <= 1024 ? text : "";
            }
        }
        return "";
    }

    private Response delete(Request request) {
        var revocation = service.delete(request.user(), request.path("externalauth"));
        return Response.ok(new DeleteExternalAuthByIDResponse(revocation.done(), revocation.error()));
    }

    private Response device(Request request) {
        Provider provider = service.forLinking(request.user(), request.path("externalauth"));
        JsonNode code = service.deviceCode(request.user(), provider);
        return Response.ok(new ExternalAuthDevice(
                OAuthClient.text(code, "device_code"),
                OAuthClient.text(code, "user_code"),
                OAuthClient.text(code, "verification_uri"),
                code.path("expires_in").asInt(0),
                code.path("interval").asInt(5)));
    }

    private Response exchange(Request request) {
        Provider provider = service.forLinking(request.user(), request.path("externalauth"));
        var body = request.body(ExternalAuthDeviceExchange.class);
        service.finishDevice(request.user(), provider, body.deviceCode().secret());
        return Response.empty(204);
    }
}
