package dev.cloister.gateway.app;

import dev.cloister.gateway.stream.EdgeServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One visitor's way to one app: a real server in front, a tunnel behind. */
final class ProxyFixture implements AutoCloseable {
    static final List<String> COOKIES =
            List.of("cloister_session_token", "__Host-cloister_session_token", "cloister_app_session");
    static final List<String> HEADERS = List.of("Coder-Session-Token");

    final ScriptedApp app;
    final AppVisit visit;
    final EdgeServer edge;
    final AppProxy proxy = new AppProxy();
    private final AppProxy hasty = new AppProxy(Duration.ofMillis(150), Duration.ofMillis(150));
    private volatile boolean impatient;
    volatile String prefix = "";
    volatile AppRoute.Place place = AppRoute.Place.OWN_HOST;

    ProxyFixture(ScriptedApp.Script script) throws Exception {
        this(script, null);
    }

    ProxyFixture(ScriptedApp.Script script, AppDialer dialer) throws Exception {
        app = new ScriptedApp(script);
        visit = new AppVisit(dialer == null ? app::dial : dialer, () -> {});
        edge = new EdgeServer((request, response, callback) -> {
            try {
                (impatient ? hasty : proxy)
                        .serve(
                                request,
                                response,
                                callback,
                                new AppRoute(visit, place, prefix, COOKIES, HEADERS, "203.0.113.7"));
            } catch (VisitEndedException e) {
                AppPages.write(response, callback, 403, "Over", "The visit has ended.");
            }
        });
    }

    Browser browser() throws IOException {
        return new Browser(edge.port());
    }

    /** A browser on a server that calls a connection idle after a tenth of a second. */
    Browser impatient() throws IOException {
        impatient = true;
        edge.idleTimeout(100);
        return browser();
    }

    static void eventually(BooleanSupplier state) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!state.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("It did not come about within ten seconds.");
            }
            Thread.yield();
        }
    }

    @Override
    public void close() throws Exception {
        app.close();
        edge.close();
    }
}
