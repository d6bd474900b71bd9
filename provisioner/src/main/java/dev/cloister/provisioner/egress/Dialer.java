package dev.cloister.provisioner.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Checks a destination against a policy and connects to it. */
final class Dialer {
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final int MOST_ADDRESSES = 4;

    private final Resolver resolver;
    private final AddressGuard guard;
    private volatile @Nullable ServerDoor door;

    Dialer(Resolver resolver, AddressGuard guard) {
        this.resolver = resolver;
        this.guard = guard;
    }

    void serverDoor(ServerDoor opened) {
        door = opened;
    }

    /** The door to the server, where that is the destination and has one. */
    @Nullable
    ServerDoor door(EgressPolicy policy, HostPort asked) {
        return policy.isServer(asked) ? door : null;
    }

    SocketChannel dial(EgressPolicy policy, HostPort asked) throws Refused {
        if (policy.isServer(asked)) {
            // Wherever it is: the operator named it. An agent that knows an older URL is led to the present one.
            var server = HostPort.of(policy.server());
            return connect(resolve(server.host()), server.port(), false);
        }
        if (!policy.isListed(asked)) {
            throw Refused.byRule(asked + " is not on this workspace's egress list.");
        }
        return connect(resolve(asked.host()), asked.port(), true);
    }

    private InetAddress[] resolve(HostName host) throws Refused {
        try {
            return resolver.resolve(host.text());
        } catch (UnknownHostException e) {
            throw Refused.unreachable("The name " + host.text() + " cannot be resolved.");
        }
    }

    private SocketChannel connect(InetAddress[] addresses, int port, boolean guarded) throws Refused {
        var open = Arrays.stream(addresses)
                .filter(address -> !guarded || guard.refusal(address).isEmpty())
                .limit(MOST_ADDRESSES)
                .toList();
        if (open.isEmpty()) {
            throw refusedAddresses(addresses);
        }
        var failure = "no answer";
        for (var address : open) {
            try {
                return connect(new InetSocketAddress(address, port));
            } catch (IOException e) {
                failure = String.valueOf(e.getMessage());
            }
        }
        throw Refused.unreachable("The connection failed: " + failure + ".");
    }

    private Refused refusedAddresses(InetAddress[] addresses) {
        return Arrays.stream(addresses)
                .findFirst()
                .flatMap(address -> guard.refusal(address)
                        .map(reason -> Refused.byRule(
                                "The name leads to " + address.getHostAddress() + ", but " + reason + ".")))
                .orElse(Refused.unreachable("The name has no address."));
    }

    private static SocketChannel connect(InetSocketAddress address) throws IOException {
        var channel = SocketChannel.open();
        try {
            channel.socket().setTcpNoDelay(true);
            channel.socket().connect(address, CONNECT_TIMEOUT_MILLIS);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
