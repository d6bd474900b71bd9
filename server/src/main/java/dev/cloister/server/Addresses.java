package dev.cloister.server;

import dev.cloister.server.platform.config.ServerSettings;
import dev.cloister.server.platform.http.ListenAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Optional;

/**
 * Where the server listens and by which address it is known.
 *
 * @param http with the port that it will really have
 * @param accessUrl for people
 * @param agentUrl for agents on this host, which need not take the way through a proxy in front of the server
 */
record Addresses(Optional<InetSocketAddress> http, URI accessUrl, URI agentUrl) {
    static Addresses of(ServerSettings.Listening listening) throws IOException {
        Optional<InetSocketAddress> http = listening.http();
        if (http.isPresent()) {
            ListenAddress.check(http.get(), "http-address");
        }
        if (listening.tls().isPresent()) {
            ListenAddress.check(listening.tls().get().address(), "tls-address");
        }
        if (http.isPresent() && http.get().getPort() == 0) {
            http = Optional.of(new InetSocketAddress(
                    http.get().getAddress(), freePort(http.get().getAddress())));
        }
        URI local = http.map(address -> url("http", address))
                .or(() -> listening.tls().map(tls -> url("https", tls.address())))
                .orElseThrow();
        return new Addresses(
                http,
                listening.accessUrl().orElse(local),
                http.isPresent() ? local : listening.accessUrl().orElse(local));
    }

    private static int freePort(InetAddress address) throws IOException {
        try (var socket = new ServerSocket(0, 1, address)) {
            return socket.getLocalPort();
        }
    }

    private static URI url(String scheme, InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        String host = ip.isAnyLocalAddress() ? "127.0.0.1" : ip.getHostAddress();
        return URI.create(scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
    }
}
