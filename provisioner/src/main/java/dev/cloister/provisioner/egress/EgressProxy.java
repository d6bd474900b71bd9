package dev.cloister.provisioner.egress;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The forwarding HTTP proxy of all workspaces of a host: one unix socket for each, so that nobody can pass for another.
 * It understands CONNECT and {@code http://} URLs. Blocks nobody: every connection has virtual threads of its own.
 */
public final class EgressProxy implements AutoCloseable {
    private static final long TICK_MILLIS = 1000;

    private final Dialer dialer;
    private final EgressLog log;
    private final InstantSource clock;
    private final Map<UUID, Gate> gates = new ConcurrentHashMap<>();
    private final Thread ticker;

    /**
     * @param privateNetworks in CIDR form; listed names may resolve to these although they are private
     * @throws IllegalArgumentException when one of them is not a network
     */
    public EgressProxy(Collection<String> privateNetworks, EgressLog log, InstantSource clock) {
        this(privateNetworks, log, clock, Resolver.SYSTEM);
    }

    EgressProxy(Collection<String> privateNetworks, EgressLog log, InstantSource clock, Resolver resolver) {
        var permitted = privateNetworks.stream().map(Network::parse).toList();
        this.dialer = new Dialer(resolver, new AddressGuard(permitted));
        this.log = log;
        this.clock = clock;
        this.ticker = Thread.ofVirtual().name("egress-ticker").start(this::tick);
    }

    /** From now on new connections to the server are handed to it as they are. */
    public void serverDoor(ServerDoor door) {
        dialer.serverDoor(door);
    }

    /**
     * Listens for a workspace; if it is listened for already, only the policy changes, for new connections.
     *
     * @throws IOException when there can be no socket at the path
     */
    public void open(UUID workspaceId, Path socket, EgressPolicy policy) throws IOException {
        var present = gates.get(workspaceId);
        if (present != null && present.isAt(socket)) {
            present.policy(policy);
            return;
        }
        close(workspaceId);
        var journal = new Journal(workspaceId, log, new RefusalLimit(clock));
        gates.put(workspaceId, Gate.open(socket, policy, dialer, journal));
    }

    /** Ends the workspace's connections and removes its socket. */
    public void close(UUID workspaceId) {
        var gate = gates.remove(workspaceId);
        if (gate != null) {
            gate.close();
        }
    }

    @Override
    public void close() {
        ticker.interrupt();
        gates.keySet().forEach(this::close);
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(TICK_MILLIS);
                var now = System.nanoTime();
                gates.values().forEach(gate -> gate.tick(now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
