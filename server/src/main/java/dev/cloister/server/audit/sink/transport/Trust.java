package dev.cloister.server.audit.sink.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are believed. There is no way to believe all. */
final class Trust {
    private Trust() {}

    /** @param authorities PEM; empty for those that Java trusts */
    static SSLContext context(Optional<String> authorities) {
        try {
            var context = SSLContext.getInstance("TLS");
            if (authorities.isEmpty()) {
                context.init(null, null, null);
                return context;
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store(authorities.get()));
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificates of authorities cannot be used", e);
        }
    }

    private static KeyStore store(String pem) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(UTF_8)))) {
            store.setCertificateEntry("authority-" + number++, certificate);
        }
        if (number == 0) {
            throw new IOException("no certificate");
        }
        return store;
    }
}
