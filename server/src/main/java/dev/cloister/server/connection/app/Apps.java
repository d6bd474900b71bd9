package dev.cloister.server.connection.app;

import dev.cloister.server.access.Authorizer;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.connection.Connections;
import dev.cloister.server.connection.CredentialHolders;
import dev.cloister.server.connection.agent.AppHosts;
import dev.cloister.server.platform.http.Authentication;
import dev.cloister.server.platform.http.Origins;
import dev.cloister.server.platform.http.RateLimits;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.sql.Events;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.eclipse.jetty.server.Handler;

/** The parts of this feature put together. */
public final class Apps implements AutoCloseable {
    private final Visits visits;
    private final AppRoutes routes;
    private final List<Handler> handlers;

    /**
     * What an operator decides.
     *
     * @param pathApps whether apps are also served on paths of the platform's host
     */
    public record Settings(URI accessUrl, AppHosts hosts, boolean pathApps) {}

    public Apps(
            Transactions transactions,
            Authorizer authorizer,
            Events events,
            Connections connections,
            CredentialHolders holders,
            Authentication authentication,
            Origins origins,
            RateLimits limits,
            Settings settings,
            Clock clock) {
        var visitors = new Visitors(transactions, authorizer, new AppRepository());
        var signIn = new AppSignIn(transactions, new AppCredentialRepository(), clock);
        this.visits =
                new Visits(visitors, connections.opener(), connections.live(), connections.journal(), holders, events);
        this.routes = new AppRoutes(settings.hosts(), signIn);
        this.handlers = List.of(
                new AppHandler(
                        settings.hosts(),
                        settings.accessUrl(),
                        visits,
                        signIn,
                        holders,
                        authentication,
                        origins,
                        limits),
                new PathAppHandler(settings.pathApps(), visits, authentication, origins, limits));
    }

    public void register(Routes all) {
        routes.register(all);
    }

    /** To be asked before every other handler, in this order. */
    public List<Handler> handlers() {
        return handlers;
    }

    @Override
    public void close() {
        visits.close();
    }
}
