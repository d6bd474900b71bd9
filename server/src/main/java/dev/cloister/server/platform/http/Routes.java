package dev.cloister.server.platform.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;

/** The table of routes. Filled once at start-up; a feature's {@code *Routes} class registers its own. */
public final class Routes {
    /** What most bodies may measure: 1 MiB. */
    public static final long DEFAULT_MAX_BODY = 1 << 20;

    private final List<Route> all = new ArrayList<>();
    private final Node root = new Node();

    public Operation get(String path, Access access, Route.Handler handler) {
        return add(new Route("GET", path, access, new Route.Answer(handler), 0));
    }

    public Operation post(String path, Access access, Route.Handler handler) {
        return add(new Route("POST", path, access, new Route.Answer(handler), DEFAULT_MAX_BODY));
    }

    public Operation post(String path, Access access, long maxBody, Route.Handler handler) {
        return add(new Route("POST", path, access, new Route.Answer(handler), maxBody));
    }

    public Operation put(String path, Access access, Route.Handler handler) {
        return add(new Route("PUT", path, access, new Route.Answer(handler), DEFAULT_MAX_BODY));
    }

    public Operation patch(String path, Access access, Route.Handler handler) {
        return add(new Route("PATCH", path, access, new Route.Answer(handler), DEFAULT_MAX_BODY));
    }

    public Operation delete(String path, Access access, Route.Handler handler) {
        return add(new Route("DELETE", path, access, new Route.Answer(handler), DEFAULT_MAX_BODY));
    }

    /** A WebSocket. */
    public Operation socket(String path, Access access, Route.SocketHandler handler) {
        return stream(path, access, request -> {
            var listener = handler.open(request);
            return (asked, response, callback) -> ServerWebSocketContainer.get(asked.getContext())
                    .upgrade((ignored, also, too) -> listener, asked, response, callback);
        });
    }

    /** A WebSocket whose bytes are relayed. */
    public Operation stream(String path, Access access, Route.UpgradeHandler handler) {
        return add(new Route("GET", path, access, new Route.Upgrade(handler), 0));
    }

    private Operation add(Route route) {
        Node node = root;
        for (String segment : segments(route.path())) {
            node = segment.startsWith("{")
                    ? node.parameter(segment.substring(1, segment.length() - 1))
                    : node.children.computeIfAbsent(segment, ignored -> new Node());
        }
        var slot = node.slots.computeIfAbsent(route.method(), ignored -> new ArrayList<>());
        if (slot.stream()
                .anyMatch(
                        other -> other.endpoint().getClass() == route.endpoint().getClass())) {
            throw new IllegalArgumentException("two routes for " + route.method() + " " + route.path());
        }
        slot.add(route);
        all.add(route);
        return route.operation();
    }

    /** The segments of a path; empty ones count, so that {@code /a//b} is not {@code /a/b}. */
    private static String[] segments(String path) {
        return path.substring(1).split("/", -1);
    }

    /** Every route, for the API document and the sweep. */
    public List<Route> all() {
        return Collections.unmodifiableList(all);
    }

    /** The route of a request, with the values of its named segments. A WebSocket and an answer may share a path. */
    Optional<Match> find(String method, String path, boolean upgrade) {
        return find(root, segments(path), 0, method, upgrade);
    }

    /** A name of ours goes before a value; where it leads nowhere it may be a value: a person can be called "first". */
    private static Optional<Match> find(Node node, String[] segments, int at, String method, boolean upgrade) {
        if (at == segments.length) {
            return node.route(method, upgrade).map(route -> new Match(route, new HashMap<>()));
        }
        Node child = node.children.get(segments[at]);
        if (child != null) {
            var match = find(child, segments, at + 1, method, upgrade);
            if (match.isPresent()) {
                return match;
            }
        }
        if (node.parameter == null || segments[at].isEmpty()) {
            return Optional.empty();
        }
        var match = find(node.parameter, segments, at + 1, method, upgrade);
        match.ifPresent(found -> found.values().put(node.parameterName, segments[at]));
        return match;
    }

    record Match(Route route, Map<String, String> values) {}

    private static final class Node {
        private final Map<String, Node> children = new HashMap<>();
        private final Map<String, List<Route>> slots = new HashMap<>();
        private @Nullable Node parameter;
        private String parameterName = "";

        Node parameter(String name) {
            if (parameter == null) {
                parameter = new Node();
                parameterName = name;
            } else if (!parameterName.equals(name)) {
                throw new IllegalArgumentException("{" + name + "} is called {" + parameterName + "} elsewhere");
            }
            return parameter;
        }

        Optional<Route> route(String method, boolean upgrade) {
            List<Route> slot = slots.getOrDefault(method, List.of());
            return slot.stream()
                    .filter(route -> route.endpoint() instanceof Route.Upgrade == upgrade)
                    .findFirst()
                    .or(() -> slot.stream().findFirst());
        }
    }
}
