package dev.cloister.server.connection.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cloister.gateway.stream.EdgeSocket;
import dev.cloister.server.connection.agent.AgentSessions;
import dev.cloister.server.connection.agent.Replica;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Route;
import dev.cloister.server.platform.http.Routes;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way in for the other server processes of the deployment. */
public final class RelayRoutes implements AutoCloseable {
    static final String PATH = "/api/v2/replicas/%s/relay";
    private static final int MOST_CALLERS = 64;
    private static final int MOST_REMEMBERED = 10_000;

    private final RelayKey key;
    private final Replica replica;
    private final AgentSessions sessions;
    private final Clock clock;
    private final Set<RelayedCaller> callers = ConcurrentHashMap.newKeySet();
    private final Cache<String, Boolean> used = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(Salutation.TOLERANCE.multipliedBy(3))
            .build();

    public RelayRoutes(RelayKey key, Replica replica, AgentSessions sessions, Clock clock) {
        this.key = key;
        this.replica = replica;
        this.sessions = sessions;
        this.clock = clock;
    }

    public void register(Routes routes) {
        routes.stream(
                        PATH.formatted("{replica}"),
                        Access.open("another server of the deployment proves itself by a key that only they have"),
                        this::relay)
                .named("Agents", "Relay streams for another server of the deployment")
                .answers(101, new Operation.Bytes("application/octet-stream"));
    }

    private Route.Upgraded relay(Request request) {
        String header = request.header(Salutation.HEADER).orElse("");
        // The process that is meant is part of what is proven: a call to another is as good as none.
        boolean here = request.path("replica").equals(replica.id().toString());
        var salutation =
                here ? Salutation.proven(header, key, replica.id(), clock.instant()) : Optional.<Salutation>empty();
        if (salutation.isEmpty() || used.asMap().putIfAbsent(salutation.get().name(), Boolean.TRUE) != null) {
            throw new Failure.Unauthenticated("Only the servers of this deployment may call this address.");
        }
        if (callers.size() >= MOST_CALLERS) {
            throw new Failure.Unavailable("Too many servers are connected to this one.");
        }
        byte[] answer = key.proof(
                RelayKey.Purpose.ANSWER, replica.id(), salutation.get().bytes());
        var socket = new EdgeSocket(connection -> {
            var caller = new RelayedCaller(connection, sessions, answer);
            callers.add(caller);
            try {
                caller.serve();
            } finally {
                callers.remove(caller);
            }
        });
        return socket::upgrade;
    }

    @Override
    public void close() {
        callers.forEach(RelayedCaller::close);
    }
}
