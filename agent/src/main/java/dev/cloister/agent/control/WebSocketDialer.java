package dev.cloister.agent.control;

import dev.cloister.agent.bootstrap.AgentToken;
import dev.cloister.agent.bootstrap.Enrollment;
import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.tunnel.Link;
import dev.cloister.tunnel.websocket.SocketDialer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dials the server's WebSocket for agents, through the host's forwarding proxy (with CONNECT) where there is one. */
public final class WebSocketDialer implements Dialer {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final SocketDialer dialer;
    private final URI address;
    private final AgentToken token;

    public WebSocketDialer(Enrollment enrollment) {
        this.dialer = new SocketDialer(
                () -> TrustAnchors.including(enrollment.trustedCertificates()), proxy(enrollment), PATIENCE);
        this.address = address(enrollment.server());
        this.token = enrollment.token();
    }

    static URI address(URI server) {
        var base = server.toString();
        var trimmed = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return URI.create(trimmed + "/api/v2/workspaceagents/me/rpc?version=" + AgentRpc.VERSION + "&role=agent");
    }

    @Override
    public Link dial() throws IOException {
        return dialer.openLink(address, Map.of("Coder-Session-Token", token.reveal()));
    }

    /** The unix socket itself, past our own loopback listener; TLS needs a TCP socket and takes the listener. */
    private static @Nullable SocketAddress proxy(Enrollment enrollment) {
        var proxy = enrollment.proxy();
        if (proxy == null) {
            return null;
        }
        return "https".equals(enrollment.server().getScheme())
                ? new InetSocketAddress("127.0.0.1", proxy.port())
                : UnixDomainSocketAddress.of(proxy.socket());
    }
}
