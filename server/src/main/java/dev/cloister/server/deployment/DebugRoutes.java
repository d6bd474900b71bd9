package dev.cloister.server.deployment;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.deployment.health.HealthSocket;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Route;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.telemetry.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Looks into the running server, for operators. Profiles are recordings of JDK Flight Recorder. */
public final class DebugRoutes {
    private static final String DEBUG = "/api/v2/debug";
    private static final String PROFILES = DEBUG + "/pprof";
    private static final Access READ = Access.to(Action.READ, ResourceType.DEBUG_INFO);
    private static final String RECORDING = "application/octet-stream";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int MAX_SECONDS = 60;

    private final Authorizer authorizer;
    private final Metrics metrics;
    private final Profiles profiles = new Profiles();

    public DebugRoutes(Authorizer authorizer, Metrics metrics) {
        this.authorizer = authorizer;
        this.metrics = metrics;
    }

    public void register(Routes routes) {
        routes.get(DEBUG + "/expvar", READ, allowed(request -> Response.ok(Profiles.numbers())))
                .named("Debug", "Get numbers about the process")
                .answers(200, Map.class);
        routes.get(
                        DEBUG + "/metrics",
                        READ,
                        allowed(request -> Response.bytes(200, Metrics.CONTENT_TYPE, metrics.read())))
                .named("Debug", "Get the metrics")
                .answers(200, new Operation.Bytes("text/plain"));
        routes.get(PROFILES, READ, allowed(request -> text("profile\ntrace\ncmdline\nsymbol\n")))
                .named("Debug", "List the profiles")
                .answers(200, new Operation.Bytes("text/plain"));
        routes.get(PROFILES + "/cmdline", READ, allowed(request -> text(commandLine())))
                .named("Debug", "Get the command line of the process")
                .answers(200, new Operation.Bytes("text/plain"));
        routes.get(PROFILES + "/symbol", READ, allowed(request -> text("num_symbols: 0\n")))
                .named("Debug", "Look symbols up; recordings have theirs inside")
                .answers(200, new Operation.Bytes("text/plain"));
        routes.get(PROFILES + "/profile", READ, allowed(request -> recording(request, 5)))
                .named("Debug", "Record what the server does")
                .query("seconds", Integer.class, "For how long; 5 where it is not said")
                .answers(200, new Operation.Bytes(RECORDING));
        routes.get(PROFILES + "/trace", READ, allowed(request -> recording(request, 1)))
                .named("Debug", "Record what the server does for a moment")
                .query("seconds", Integer.class, "For how long; 1 where it is not said")
                .answers(200, new Operation.Bytes(RECORDING));
        routes.post(DEBUG + "/profile", READ, allowed(this::archive))
                .named("Debug", "Collect a recording, threads and memory")
                .query("seconds", Integer.class, "For how long to record; 10 where it is not said")
                .answers(200, new Operation.Bytes("application/zip"));
        routes.socket(DEBUG + "/ws", READ, request -> {
                    require(request);
                    return new HealthSocket();
                })
                .named("Debug", "Try a WebSocket")
                .answers(101, new Operation.Bytes("text/plain"));
    }

    private Route.Handler allowed(Route.Handler handler) {
        return request -> {
            require(request);
            return handler.handle(request);
        };
    }

    private void require(Request request) {
        authorizer.requireOnType(request.caller(), Action.READ, ResourceType.DEBUG_INFO, null);
    }

    private static Response text(String text) {
        return Response.bytes(200, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Secrets are never taken from flags, so none can stand here. */
    private static String commandLine() {
        return ProcessHandle.current().info().commandLine().orElse("unknown");
    }

    private static Duration duration(Request request, int otherwise) {
        return Duration.ofSeconds(request.number("seconds", otherwise, 1, MAX_SECONDS));
    }

    private Response recording(Request request, int otherwise) {
        return Response.bytes(200, RECORDING, profiles.record(duration(request, otherwise)))
                .header("Content-Disposition", "attachment; filename=\"cloister.jfr\"");
    }

    private Response archive(Request request) {
        return Response.bytes(200, "application/zip", profiles.archive(duration(request, 10)))
                .header("Content-Disposition", "attachment; filename=\"cloister-profile.zip\"");
    }
}
