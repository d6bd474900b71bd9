package dev.cloister.cli.websocket;

import dev.cloister.tunnel.Transport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** Opens WebSockets to a server. */
public final class StreamDialer {
    /** Says whom to trust. */
    public interface TrustSource {
        SSLContext get() throws IOException;
    }

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final int NONCE = 16;

    private final TrustSource tls;
    private final SecureRandom random = new SecureRandom();

    /** @param tls whom to trust; asked for only when a server is reached by TLS */
    public StreamDialer(TrustSource tls) {
        this.tls = tls;
    }

    /**
     * Connects and waits until the WebSocket is open.
     *
     * @param uri with the scheme ws or wss
     * @throws dev.cloister.contract.client.ApiException when the server refuses
     * @throws IOException when it cannot be reached, or not in time
     */
    public Transport open(URI uri, Map<String, String> headers) throws IOException {
        boolean encrypted = uri.getScheme().equals("wss");
        int port = uri.getPort() >= 0 ? uri.getPort() : encrypted ? 443 : 80;
        var channel = connect(uri.getHost(), port);
        var opened = new CountDownLatch(1);
        Thread.ofVirtual().name("websocket-limit").start(() -> cutUnless(opened, channel));
        boolean done = false;
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Wire wire = encrypted ? TlsWire.over(channel.socket(), tls.get(), host(uri), port) : new PlainWire(channel);
            var input = FrameReader.buffer(wire).limit(0);
            var nonce = new byte[NONCE];
            random.nextBytes(nonce);
            new Handshake(wire, input).perform(uri, headers, nonce);
            done = true;
            return new StreamWebSocket(wire, random, input);
        } finally {
            opened.countDown();
            if (!done) {
                channel.close();
            }
        }
    }

    private static String host(URI uri) {
        var host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Tries each address of the host in turn. */
    private static SocketChannel connect(String host, int port) throws IOException {
        IOException last = new UnknownHostException("The host " + host + " has no address.");
        for (var address : InetAddress.getAllByName(host)) {
            var channel = SocketChannel.open();
            try {
                channel.socket().connect(new InetSocketAddress(address, port), (int) CONNECT_LIMIT.toMillis());
                return channel;
            } catch (IOException failed) {
                channel.close();
                last = new ConnectException("Nothing answers at " + host + ":" + port + ".");
                last.initCause(failed);
            }
        }
        throw last;
    }

    /** A read that blocks has no limit of its own; closing the channel ends it. */
    private static void cutUnless(CountDownLatch opened, SocketChannel channel) {
        try {
            if (!opened.await(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                channel.close();
            }
        } catch (IOException broken) {
            // the aim is reached
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
