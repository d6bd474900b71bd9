package dev.cloister.server.notification.delivery;

import dev.cloister.server.platform.PemFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS to the mail server, whose certificate the JDK checks with its name (RFC 2818, 3.1) in every socket made here. */
final class MailTls extends SSLSocketFactory {
    private final SSLSocketFactory sockets;
    private final boolean check;
    private final String name;

    private MailTls(SSLSocketFactory sockets, boolean check, String name) {
        this.sockets = sockets;
        this.check = check;
        this.name = name;
    }

    static SSLSocketFactory factory(MailSettings.Trust trust, String host) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys(trust), trusted(trust), new SecureRandom());
            return new MailTls(
                    context.getSocketFactory(),
                    !trust.skipVerify(),
                    trust.serverName().isEmpty() ? host : trust.serverName());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("The certificates for mail cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyManager @Nullable [] keys(MailSettings.Trust trust) throws GeneralSecurityException {
        if (trust.certificate().isEmpty() || trust.key().isEmpty()) {
            return null;
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(PemFiles.keyStore(trust.certificate().get(), trust.key().get()), PemFiles.PASSWORD.toCharArray());
        return factory.getKeyManagers();
    }

    private static TrustManager @Nullable [] trusted(MailSettings.Trust trust)
            throws IOException, GeneralSecurityException {
        if (trust.skipVerify()) {
            return new TrustManager[] {new Anybody()};
        }
        if (trust.authorities().isEmpty()) {
            return null;
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(PemFiles.trustStore(trust.authorities().get()));
        return factory.getTrustManagers();
    }

    private Socket checked(Socket made) {
        if (made instanceof SSLSocket socket) {
            var parameters = socket.getSSLParameters();
            if (check) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            if (!name.matches("[0-9.]+|.*:.*")) {
                parameters.setServerNames(List.of(new SNIHostName(name)));
            }
            socket.setSSLParameters(parameters);
        }
        return made;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
        return checked(sockets.createSocket());
    }

    /** Around a connection that is there: what the name of the other side is taken for is the name that is wanted. */
    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        return checked(sockets.createSocket(plain, name, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException, UnknownHostException {
        return checked(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return checked(sockets.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return checked(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return checked(sockets.createSocket(host, port, from, fromPort));
    }

    /** Only where the operator has said so. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authentication) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authentication) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
