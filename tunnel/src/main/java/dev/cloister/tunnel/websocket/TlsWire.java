package dev.cloister.tunnel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS over a TCP connection, after the server's certificate has been found to be for the host that was asked for. */
final class TlsWire implements Wire {
    private final SSLSocket socket;

    private TlsWire(SSLSocket socket) {
        this.socket = socket;
    }

    static TlsWire over(SocketChannel connection, SSLContext context, String host, int port) throws IOException {
        var factory = context.getSocketFactory();
        var socket = (SSLSocket) factory.createSocket(connection.socket(), host, port, true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new TlsWire(socket);
    }

    @Override
    public ByteBuffer buffer(int capacity) {
        return ByteBuffer.allocate(capacity);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = socket.getInputStream().read(into.array(), into.arrayOffset() + into.position(), into.remaining());
        if (count > 0) {
            into.position(into.position() + count);
        }
        return count;
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        socket.getOutputStream().write(from.array(), from.arrayOffset() + from.position(), from.remaining());
        from.position(from.limit());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
