package dev.cloister.server.platform.openapi;

import dev.cloister.contract.api.ApiError;
import dev.cloister.server.platform.http.Route;
import dev.cloister.server.platform.http.Routes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The API as an OpenAPI 3.1 document (spec.openapis.org/oas/v3.1.1), made of the routes that are registered. */
public final class ApiDocument {
    private ApiDocument() {}

    /** The document: maps, lists, texts, in a stable order. Routes that say nothing of themselves are not in it. */
    public static Map<String, Object> of(Routes routes, String version) {
        List<Route> named = routes.all().stream()
                .filter(route -> !route.operation().tag().isEmpty())
                .sorted(Comparator.comparing(Route::path)
                        .thenComparing(Route::method)
                        .thenComparing(route -> route.endpoint() instanceof Route.Upgrade))
                .toList();
        var usages = new Usages();
        named.forEach(route -> usages.add(route.operation()));
        var schemas = new Schemas(usages.all());
        var paths = paths(named, new Operations(schemas));
        schemas.of(ApiError.class);

        var document = new LinkedHashMap<String, Object>();
        document.put("openapi", "3.1.1");
        document.put("info", info(version));
        document.put("servers", List.of(Map.of("url", "/")));
        document.put("security", List.of(need("sessionToken"), need("bearer"), need("sessionCookie")));
        document.put("tags", tags(named));
        document.put("paths", paths);
        var components = new LinkedHashMap<String, Object>();
        components.put("schemas", schemas.components());
        components.put("responses", Statuses.failures());
        components.put("securitySchemes", schemes());
        document.put("components", components);
        return document;
    }

    private static Map<String, Object> info(String version) {
        var info = new LinkedHashMap<String, Object>();
        info.put("title", "Cloister");
        info.put("version", version);
        info.put(
                "description",
                "Everything that the dashboard and the command line do, they do through this API. Each operation says "
                        + "in x-cloister-access which right it takes. A thing that the caller may not see answers as "
                        + "if it were missing.");
        info.put("license", Schemas.ordered("name", "Apache-2.0", "identifier", "Apache-2.0"));
        return info;
    }

    private static Map<String, Object> need(String scheme) {
        return Map.of(scheme, List.of());
    }

    private static List<Map<String, String>> tags(List<Route> routes) {
        var names = new TreeSet<String>();
        routes.forEach(route -> names.add(route.operation().tag()));
        return names.stream().map(name -> Map.of("name", name)).toList();
    }

    private static Map<String, Object> paths(List<Route> routes, Operations operations) {
        var grouped = new TreeMap<String, Map<String, List<Route>>>();
        for (Route route : routes) {
            grouped.computeIfAbsent(route.path(), ignored -> new TreeMap<>())
                    .computeIfAbsent(route.method().toLowerCase(Locale.ROOT), ignored -> new ArrayList<>())
                    .add(route);
        }
        var paths = new TreeMap<String, Object>();
        grouped.forEach((path, methods) -> {
            var objects = new TreeMap<String, Object>();
            methods.forEach((method, group) -> objects.put(method, operations.of(group)));
            paths.put(path, objects);
        });
        return paths;
    }

    private static Map<String, Object> schemes() {
        var schemes = new TreeMap<String, Object>();
        schemes.put("sessionToken", key("header", "Coder-Session-Token", "A session or a token of a person."));
        schemes.put("agentToken", key("header", "Coder-Session-Token", "The token that a build gave its agent."));
        schemes.put(
                "sessionCookie",
                key(
                        "cookie",
                        "coder_session_token",
                        "The session of a browser; what changes something also needs an Origin of this server. Over "
                                + "TLS its name begins with __Host-."));
        schemes.put("bearer", Schemas.ordered("type", "http", "scheme", "bearer"));
        return schemes;
    }

    private static Map<String, Object> key(String place, String name, String description) {
        var scheme = new LinkedHashMap<String, Object>();
        scheme.put("type", "apiKey");
        scheme.put("in", place);
        scheme.put("name", name);
        scheme.put("description", description);
        return scheme;
    }
}
