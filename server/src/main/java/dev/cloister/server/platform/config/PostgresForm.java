package dev.cloister.server.platform.config;

import dev.cloister.contract.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The settings of an external PostgreSQL. Its password never crosses a network in the clear. */
final class PostgresForm {
    private static final String EXAMPLE = "postgres-url must be like postgres://user@host:5432/database.";

    private final Forms forms;

    PostgresForm(Forms forms) {
        this.forms = forms;
    }

    Optional<ServerSettings.ExternalPostgres> read() {
        var password = password();
        var rootCertificate = forms.file("postgres-root-cert");
        if (!forms.isGiven("postgres-url")) {
            for (var name : new String[] {"postgres-password", "postgres-password-file", "postgres-root-cert"}) {
                if (forms.isGiven(name)) {
                    forms.problem(name + " means nothing without postgres-url.");
                }
            }
            return Optional.empty();
        }
        if (forms.isGiven("postgres-account")) {
            forms.problem("postgres-account is for the embedded PostgreSQL and means nothing with postgres-url.");
        }
        return url().map(url -> new ServerSettings.ExternalPostgres(
                jdbcUrl(url, rootCertificate.map(Object::toString)), user(url), password));
    }

    private Secret password() {
        var file = forms.file("postgres-password-file");
        if (file.isPresent() && forms.isGiven("postgres-password")) {
            forms.problem("Give either postgres-password or postgres-password-file, not both.");
        }
        return Secret.of(file.map(path -> forms.fileContent("postgres-password-file", path))
                .orElseGet(() -> forms.text("postgres-password")));
    }

    private Optional<URI> url() {
        try {
            var url = URI.create(forms.text("postgres-url"));
            if (url.getUserInfo() != null && url.getUserInfo().contains(":")) {
                forms.problem("postgres-url must not hold the password: give it as CLOISTER_POSTGRES_PASSWORD.");
                return Optional.empty();
            }
            if (url.getRawQuery() != null) {
                forms.problem(
                        "postgres-url takes no parameters (\"?...\"): TLS with a verified certificate is always used, "
                                + "postgres-root-cert names the authority.");
                return Optional.empty();
            }
            var scheme = "postgres".equals(url.getScheme()) || "postgresql".equals(url.getScheme());
            var whole = url.getHost() != null && url.getUserInfo() != null && url.getFragment() == null;
            if (scheme && whole && url.getRawPath().matches("/[^/]+")) {
                return Optional.of(url);
            }
        } catch (IllegalArgumentException e) {
            // told below, without the text, which might hold a password
        }
        forms.problem(EXAMPLE);
        return Optional.empty();
    }

    private static String user(URI url) {
        return URLDecoder.decode(url.getRawUserInfo().replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String jdbcUrl(URI url, Optional<String> rootCertificate) {
        var port = url.getPort() == -1 ? "" : ":" + url.getPort();
        var jdbc = "jdbc:postgresql://" + url.getHost() + port + url.getRawPath();
        if (Forms.isThisMachine(url.getHost())) {
            return jdbc + "?sslmode=prefer";
        }
        return jdbc + "?sslmode=verify-full"
                + rootCertificate
                        .map(file -> "&sslrootcert=" + URLEncoder.encode(file, StandardCharsets.UTF_8))
                        .orElse("&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
    }
}
