package dev.cloister.cli.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Adds a company's own certificate authorities to those that the Java platform knows. */
final class CertificateAuthorities {
    private CertificateAuthorities() {}

    static SSLContext trusting(Path pemFile) throws IOException, CommandException {
        try (var in = Files.newInputStream(pemFile)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            var all = new ArrayList<java.security.cert.Certificate>(platform());
            all.addAll(CertificateFactory.getInstance("X.509").generateCertificates(in));
            for (var certificate : all) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            var context = SSLContext.getInstance("TLS");
            context.init(null, factory(store).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw CommandException.usage("The file " + pemFile + " of CLOISTER_CA_FILE holds no usable certificates.");
        }
    }

    /**
     * Trusts nobody. For servers that are reached without TLS: reading the certificates of the platform, which the HTTP
     * client does by itself if it is given no context, takes longer than most commands.
     */
    static SSLContext none() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    private static List<X509Certificate> platform() throws GeneralSecurityException {
        return Arrays.stream(factory(null).getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
