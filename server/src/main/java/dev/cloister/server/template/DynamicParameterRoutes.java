package dev.cloister.server.template;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.DynamicParametersRequest;
import dev.cloister.contract.api.DynamicParametersResponse;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.RateLimits;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The form for a version's parameters, question by question. */
final class DynamicParameterRoutes {
    private static final Access READ = Access.to(Action.READ, ResourceType.TEMPLATE);
    private static final String PATH = "/api/v2/templateversions/{templateversion}/dynamic-parameters";
    private static final long UNASKED = -1;
    private static final long MESSAGES_PER_MINUTE = 600;

    private final DynamicParameters parameters;
    private final Pushes pushes;
    private final RateLimits limits;

    DynamicParameterRoutes(DynamicParameters parameters, Pushes pushes, RateLimits limits) {
        this.parameters = parameters;
        this.pushes = pushes;
        this.limits = limits;
    }

    void register(Routes routes) {
        routes.post(PATH + "/evaluate", READ, this::evaluate)
                .named("Templates", "Say what a version's parameters look like with some answers")
                .takes(DynamicParametersRequest.class)
                .answers(200, DynamicParametersResponse.class);
        routes.socket(PATH, READ, this::talk)
                .named("Templates", "Ask again and again what a version's parameters look like with some answers")
                .query("user_id", UUID.class, "who will own the workspace; the caller unless given")
                .answers(101);
    }

    private static TemplateVersionId version(Request request) {
        return new TemplateVersionId(request.id("templateversion"));
    }

    private Response evaluate(Request request) {
        return Response.ok(
                parameters.evaluate(request.user(), version(request), request.body(DynamicParametersRequest.class)));
    }

    private Session.Listener talk(Request request) {
        Caller.User caller = request.user();
        TemplateVersionId version = version(request);
        UUID owner = request.query("user_id")
                .filter(text -> !text.equals("me"))
                .map(text -> Request.parseId(text)
                        .orElseThrow(() -> new Failure.Invalid(
                                "Query parameters have invalid values.", "user_id", "Must be a UUID.")))
                .orElse(null);
        // Decided before the connection is made: who may not see the version is told so by a status.
        var first = parameters.evaluate(caller, version, new DynamicParametersRequest(UNASKED, Map.of(), owner));
        return pushes.talk(request, first, text -> answer(caller, version, owner, text));
    }

    private Object answer(Caller.User caller, TemplateVersionId version, @Nullable UUID owner, String text) {
        try {
            // Requests are counted where they arrive; messages of an open connection are not.
            if (!limits.isOff()) {
                limits.take("forms of " + caller.subject().id(), MESSAGES_PER_MINUTE);
            }
            var asked = ApiJson.mapper().readValue(text, DynamicParametersRequest.class);
            if (asked == null) {
                return ApiError.of("The message must be a JSON object.");
            }
            UUID of = asked.ownerId() == null ? owner : asked.ownerId();
            return parameters.evaluate(caller, version, new DynamicParametersRequest(asked.id(), asked.inputs(), of));
        } catch (JacksonException e) {
            return ApiError.of("The message must be a JSON object with an id and inputs.");
        } catch (Failure e) {
            return ApiError.of(Objects.requireNonNullElse(e.getMessage(), "The request was refused."));
        }
    }
}
