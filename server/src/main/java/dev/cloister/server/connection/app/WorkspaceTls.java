package dev.cloister.server.connection.app;

import dev.cloister.tunnel.ByteStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS to an application that speaks it on a port of its workspace's loopback interface. Its certificate is taken as it
 * is: such applications make their own, and where the stream ends is proven by the agent, not by a name.
 */
final class WorkspaceTls {
    private static final SSLContext CONTEXT = context();

    private WorkspaceTls() {}

    private static SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    /**
     * The same stream, encrypted.
     *
     * @throws IOException where the application does not speak TLS; the stream is closed then
     */
    static ByteStream over(ByteStream plain) throws IOException {
        try {
            var socket =
                    (SSLSocket) CONTEXT.getSocketFactory().createSocket(new Carrier(plain), "localhost", 443, true);
            socket.startHandshake();
            return new Encrypted(plain, socket, socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            plain.reset();
            throw e;
        }
    }

    private record Encrypted(ByteStream plain, SSLSocket socket, InputStream input, OutputStream output)
            implements ByteStream {
        @Override
        public boolean isInputEnded() {
            return plain.isInputEnded();
        }

        @Override
        public void closeOutput() {
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                plain.closeOutput();
            }
        }

        @Override
        public void reset() {
            plain.reset();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                // closed below in any case
            }
            plain.close();
        }
    }

    /** What TLS takes for the network. */
    private static final class Carrier extends Socket {
        private final ByteStream stream;

        Carrier(ByteStream stream) {
            this.stream = stream;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public InputStream getInputStream() {
            return stream.input();
        }

        @Override
        public OutputStream getOutputStream() {
            return stream.output();
        }

        @Override
        public InetAddress getInetAddress() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public InetAddress getLocalAddress() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public int getPort() {
            return 443;
        }

        @Override
        public void setSoTimeout(int timeout) {
            // Streams end by being reset, not by a timeout.
        }

        @Override
        public int getSoTimeout() {
            return 0;
        }

        @Override
        public void shutdownOutput() {
            stream.closeOutput();
        }

        @Override
        public void shutdownInput() {
            // Nothing to tell the peer.
        }

        @Override
        public synchronized void close() {
            try {
                stream.close();
            } catch (UncheckedIOException e) {
                stream.reset();
            }
        }
    }

    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
