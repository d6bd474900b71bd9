package dev.cloister.server.platform.openapi;

import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One route as an operation object of the document. */
final class Operations {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
    private static final Pattern NOT_WORD = Pattern.compile("[^a-z0-9]+");

    private final Schemas schemas;

    Operations(Schemas schemas) {
        this.schemas = schemas;
    }

    /**
     * The operation of a path and method.
     *
     * @param routes the route, and after it the WebSocket that shares path and method with it, if there is one
     */
    Map<String, Object> of(List<Route> routes) {
        Route route = routes.getFirst();
        var operation = route.operation();
        var object = new LinkedHashMap<String, Object>();
        object.put("tags", List.of(operation.tag()));
        object.put("summary", operation.summary());
        object.put("operationId", id(route));
        object.put("x-cloister-access", access(route.access()));
        Route last = routes.getLast();
        if (last.endpoint() instanceof Route.Upgrade) {
            object.put("x-websocket", true);
        }
        if (last != route) {
            object.put(
                    "description",
                    "With an upgrade request: " + last.operation().summary() + ".");
        }
        var parameters = new LinkedHashSet<Map<String, Object>>();
        routes.forEach(each -> addParameters(each, parameters));
        if (!parameters.isEmpty()) {
            object.put("parameters", parameters);
        }
        if (operation.takes() != null) {
            object.put("requestBody", Schemas.ordered("required", true, "content", content(operation.takes())));
        }
        var responses = new TreeMap<String, Object>();
        routes.forEach(each -> addResponses(each, responses));
        object.put("responses", responses);
        security(route.access(), object);
        return object;
    }

    private static String id(Route route) {
        String text = route.method() + " " + route.path().replaceFirst("^/api/v2", "");
        return NOT_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-").replaceAll("^-|-$", "");
    }

    private static String access(Access access) {
        return switch (access) {
            case Access.Open open -> "anybody: " + open.reason();
            case Access.SignedIn signedIn -> "whoever is signed in: " + signedIn.reason();
            case Access.Right right ->
                right.type().wireName() + ":" + right.action().wireName();
            case Access.AgentOnly agentOnly -> "the agent of a workspace";
        };
    }

    private static void security(Access access, Map<String, Object> object) {
        if (access instanceof Access.Open) {
            object.put("security", List.of());
        } else if (access instanceof Access.AgentOnly) {
            object.put("security", List.of(Map.of("agentToken", List.of())));
        }
    }

    private void addParameters(Route route, Set<Map<String, Object>> parameters) {
        Matcher names = PARAMETER.matcher(route.path());
        while (names.find()) {
            var parameter = parameter(names.group(1), "path", Map.of("type", "string"));
            parameter.put("required", true);
            parameters.add(parameter);
        }
        for (Operation.Parameter query : route.operation().query()) {
            var parameter = parameter(query.name(), "query", schemas.of(query.type()));
            parameter.put("description", query.meaning());
            parameters.add(parameter);
        }
    }

    private static Map<String, Object> parameter(String name, String place, Map<String, Object> schema) {
        var parameter = new LinkedHashMap<String, Object>();
        parameter.put("name", name);
        parameter.put("in", place);
        parameter.put("schema", schema);
        return parameter;
    }

    private Map<String, Object> content(Operation.Body body) {
        return switch (body) {
            case Operation.Json json -> json(schemas.of(json.type()));
            case Operation.JsonList list -> json(Schemas.list(schemas.of(list.element())));
            case Operation.JsonMap map -> json(Schemas.map(schemas.of(map.value())));
            case Operation.Bytes bytes ->
                Map.of(bytes.mediaType(), Map.of("schema", Schemas.ordered("type", "string", "format", "binary")));
        };
    }

    private static Map<String, Object> json(Map<String, Object> schema) {
        return Map.of("application/json", Map.of("schema", schema));
    }

    private void addResponses(Route route, Map<String, Object> responses) {
        for (Operation.Answer answer : route.operation().answers()) {
            responses.put(Integer.toString(answer.status()), response(answer.status(), answer.body()));
        }
        for (int status : failures(route)) {
            responses.putIfAbsent(Integer.toString(status), Map.of("$ref", "#/components/responses/" + status));
        }
    }

    private Map<String, Object> response(int status, Operation.@Nullable Body body) {
        var response = new LinkedHashMap<String, Object>();
        response.put("description", Statuses.meaning(status));
        if (body != null) {
            // The messages of a WebSocket are described where the body of an answer would be.
            response.put("content", content(body));
        }
        return response;
    }

    private static List<Integer> failures(Route route) {
        var statuses = new ArrayList<>(List.of(400, 429));
        if (!(route.access() instanceof Access.Open)) {
            statuses.add(401);
        }
        if (route.access() instanceof Access.Right) {
            statuses.add(403);
        }
        if (route.path().contains("{")) {
            statuses.add(404);
        }
        if (route.operation().takes() != null) {
            statuses.add(413);
        }
        return statuses;
    }
}
