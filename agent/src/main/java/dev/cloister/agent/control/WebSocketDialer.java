package dev.cloister.agent.control;

import dev.cloister.agent.bootstrap.AgentToken;
import dev.cloister.agent.bootstrap.Enrollment;
import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.tunnel.Transport;
import dev.cloister.tunnel.websocket.ClientWebSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.Executors;

/** Dials the server's WebSocket for agents, through the forwarding proxy (with CONNECT) where there is one. */
public final class WebSocketDialer implements Dialer {
    private final HttpClient client;
    private final URI address;
    private final AgentToken token;

    public WebSocketDialer(Enrollment enrollment) {
        this.client = client(enrollment);
        this.address = address(enrollment.server());
        this.token = enrollment.token();
    }

    static URI address(URI server) {
        var base = server.toString();
        var trimmed = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return URI.create(
                trimmed + "/api/v2/workspaceagents/me/rpc?version=" + AgentRpc.VERSION + "&role=agent");
    }

    @Override
    public Transport dial() throws IOException {
        return ClientWebSocket.connect(client, address, Map.of("Coder-Session-Token", token.reveal()));
    }

    private static HttpClient client(Enrollment enrollment) {
        // A redirect could carry the credential to another host, so none is followed.
        var builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        var proxy = enrollment.proxy();
        if (proxy != null) {
            builder.proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.port())));
        }
        if (!enrollment.trustedCertificates().isBlank()) {
            builder.sslContext(TrustAnchors.including(enrollment.trustedCertificates()));
        }
        return builder.build();
    }
}
