package dev.cloister.server.connection;

import dev.cloister.contract.Secret;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.connection.agent.AppHosts;
import dev.cloister.server.platform.http.Authentication;
import dev.cloister.server.platform.http.Origins;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.RateLimits;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.http.WebServer;
import dev.cloister.server.platform.sql.Events;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One more server process on the database of {@link Arranged}; they share nothing else. */
final class OtherServer implements AutoCloseable {
    final URI url;
    final Connections connections;
    private final Events events;
    private final Pushes pushes;
    private final WebServer web;

    /** @param reachable whether it says how the others reach it */
    OtherServer(Arranged arranged, boolean reachable) {
        var database = arranged.api.database;
        int port = freePort();
        url = URI.create("http://127.0.0.1:" + port);
        events = new Events(database.url(), database.username(), database.password());
        pushes = new Pushes(events);
        connections = new Connections(
                arranged.api.transactions,
                arranged.api.authorizer,
                events,
                pushes,
                (id, origin) -> arranged.api.identity.sessions().again(id, origin),
                arranged.api.cipher,
                arranged.api.personal.secrets()::ofOwner,
                List.of(),
                new Connections.Settings(
                        AppHosts.none(Arranged.ACCESS_URL),
                        "cloister",
                        LiveConnections.Limits.DEFAULT,
                        Duration.ofSeconds(10),
                        reachable ? url : null),
                Clock.systemUTC());
        var routes = new Routes();
        connections.register(routes);
        connections.start();
        web = new WebServer(
                Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                Optional.empty(),
                List.of(WebServer.routes(
                        routes, authentication(arranged), new Origins(List.of(), List.of()), new RateLimits(0))));
        try {
            web.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Authentication authentication(Arranged arranged) {
        return new Authentication() {
            @Override
            public Optional<Caller.User> user(Secret token, Origin origin) {
                return arranged.api.identity.sessions().authenticate(token, origin);
            }

            @Override
            public Optional<Caller.Agent> agent(Secret token, Origin origin) {
                return connections.agent(token, origin);
            }
        };
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        web.close();
        connections.close();
        pushes.close();
        events.close();
    }
}
