package dev.cloister.server.platform.config;

import dev.cloister.contract.Secret;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.NoteKey;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Puts the settings together and finds what contradicts itself. */
final class SettingsReader {
    private final RawSettings raw;
    private final Forms forms;
    private final Map<String, String> environment;

    SettingsReader(RawSettings raw, Map<String, String> environment) {
        this.raw = raw;
        this.forms = new Forms(raw);
        this.environment = environment;
    }

    ServerSettings read() throws SettingsException {
        var accessUrl = url("access-url", "https://cloister.example.com");
        var settings = new ServerSettings(
                listening(accessUrl),
                dataDirectory(),
                new PostgresForm(forms).read(),
                forms.number("postgres-connections", 2, 1000),
                account(),
                apps(accessUrl),
                sessions(accessUrl),
                new ServerSettings.Rights(
                        !forms.flag("disable-owner-workspace-access"), !forms.flag("disable-workspace-sharing")),
                masterKey(),
                forms.file("external-auth-file"),
                auditWitnesses(),
                new ServerSettings.Limits(
                        forms.number("api-rate-limit", 0, 1_000_000),
                        forms.number("login-rate-limit", 0, 1_000_000),
                        forms.number("template-upload-max-bytes", 1024, 1 << 30)),
                sandbox(),
                terraform(),
                suffix(),
                quietHours(),
                new NotificationForm(forms).read(),
                forms.number("provisioner-daemons", 0, 100),
                new ServerSettings.Logging(
                        forms.oneOf("log-format", List.of("human", "json")).equals("json"),
                        forms.oneOf("log-level", List.of("error", "warn", "info", "debug"))),
                prometheus(),
                forms.flag("print-settings"),
                shown());
        if (!forms.problems().isEmpty()) {
            throw new SettingsException(forms.problems());
        }
        return settings;
    }

    private List<NoteKey> auditWitnesses() {
        var keys = new ArrayList<NoteKey>();
        for (String text : forms.list("audit-witnesses")) {
            try {
                var key = NoteKey.parse(text);
                if (key.use() == NoteKey.Use.COSIGNATURE) {
                    keys.add(key);
                    continue;
                }
                forms.problem("audit-witnesses has a key that is not one of a witness.");
            } catch (MalformedProofException e) {
                forms.problem("audit-witnesses has a key that cannot be read: " + e.getMessage() + ".");
            }
        }
        return List.copyOf(keys);
    }

    private Optional<InetSocketAddress> prometheus() {
        boolean wanted = forms.flag("prometheus-enable");
        var address = forms.address("prometheus-address");
        if (wanted && address.isEmpty()) {
            forms.problem("prometheus-enable needs a prometheus-address other than off.");
        }
        return wanted ? address : Optional.empty();
    }

    private List<ServerSettings.Shown> shown() {
        return Declarations.ALL.stream()
                .map(setting -> new ServerSettings.Shown(
                        setting.name(),
                        setting.variable(),
                        setting.secret() && !raw.text(setting.name()).isEmpty() ? "(hidden)" : raw.text(setting.name()),
                        setting.otherwise(),
                        raw.source(setting.name()),
                        setting.secret(),
                        setting.description()))
                .toList();
    }

    private ServerSettings.Listening listening(Optional<URI> accessUrl) {
        var http = forms.address("http-address");
        var tlsAddress = forms.address("tls-address");
        var certificate = forms.file("tls-cert-file");
        var key = forms.file("tls-key-file");
        Optional<ServerSettings.Tls> tls = Optional.empty();
        if (tlsAddress.isEmpty()) {
            if (certificate.isPresent() || key.isPresent()) {
                forms.problem("tls-cert-file and tls-key-file mean nothing without tls-address.");
            }
        } else if (certificate.isEmpty() || key.isEmpty()) {
            forms.problem("tls-address needs tls-cert-file and tls-key-file.");
        } else {
            tls = Optional.of(new ServerSettings.Tls(tlsAddress.get(), certificate.get(), key.get()));
        }
        if (forms.isOff("http-address") && forms.isOff("tls-address")) {
            forms.problem("Both http-address and tls-address are off: nobody could reach the server.");
        }
        if (http.isPresent() && http.equals(tlsAddress) && http.get().getPort() != 0) {
            forms.problem("http-address and tls-address are the same: give each a port of its own.");
        }
        return new ServerSettings.Listening(
                http,
                tls,
                accessUrl,
                url("relay-url", "http://10.0.0.5:3000"),
                forms.addresses("proxy-trusted-origins"));
    }

    private Optional<URI> url(String setting, String example) {
        var text = forms.text(setting);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            var good = ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && (url.getRawPath() == null || url.getRawPath().isEmpty())
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null
                    && url.getPort() <= 65535;
            if (good) {
                return Optional.of(url);
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        forms.problem(setting + " must be like " + example + ", without a path.");
        return Optional.empty();
    }

    private ServerSettings.Apps apps(Optional<URI> accessUrl) {
        var text = forms.text("wildcard-access-url").toLowerCase(Locale.ROOT);
        var onPaths = forms.flag("enable-path-apps");
        if (text.isEmpty()) {
            return new ServerSettings.Apps(Optional.empty(), onPaths);
        }
        var suffix = text.startsWith("*.") ? text.substring(2) : "";
        if (!Forms.isHostName(suffix) || suffix.matches("[0-9.]+")) {
            forms.problem("wildcard-access-url must be like *.apps.example.com.");
        } else if (!forms.isGiven("access-url")) {
            forms.problem("wildcard-access-url needs access-url.");
        } else {
            accessUrl.map(url -> url.getHost().toLowerCase(Locale.ROOT)).ifPresent(host -> apart(host, suffix));
        }
        return new ServerSettings.Apps(Optional.of(suffix), onPaths);
    }

    /** A page may set cookies for every host name that its own name ends with (RFC 6265, 5.1.3). */
    private void apart(String platform, String suffix) {
        if (suffix.equals(platform) || suffix.endsWith("." + platform)) {
            forms.problem(
                    "wildcard-access-url must not be below the very host of access-url: its apps could set cookies "
                            + "for the platform. Use a host of its own, such as *.apps.example.com.");
        }
        if (platform.endsWith("." + suffix)) {
            forms.problem("access-url must not be one of the names that wildcard-access-url gives to apps.");
        }
    }

    private ServerSettings.QuietHours quietHours() {
        var usual = forms.text("quiet-hours-default-schedule");
        if (!usual.matches("((CRON_)?TZ=\\S+ +)?\\d{1,2} +\\d{1,2} +\\* +\\* +\\*")) {
            forms.problem("quiet-hours-default-schedule must be like CRON_TZ=Europe/Berlin 0 2 * * *.");
        }
        return new ServerSettings.QuietHours(usual, forms.flag("allow-custom-quiet-hours"));
    }

    private ServerSettings.Sessions sessions(Optional<URI> accessUrl) {
        var sessions = new ServerSettings.Sessions(
                forms.duration("session-duration"),
                forms.duration("max-session-lifetime"),
                forms.duration("max-token-lifetime"),
                forms.duration("max-admin-token-lifetime"),
                forms.duration("default-token-lifetime"),
                forms.number("user-dormancy-days", 0, 36_500),
                forms.flag("secure-auth-cookie"));
        if (sessions.longest().compareTo(sessions.unused()) < 0) {
            forms.problem("max-session-lifetime must not be shorter than session-duration.");
        }
        if (sessions.secureCookies()
                && accessUrl.map(url -> url.getScheme().equals("http")).orElse(false)) {
            forms.problem(
                    "secure-auth-cookie contradicts an access-url with http: browsers would never send the cookie.");
        }
        return sessions;
    }

    private ServerSettings.MasterKeySource masterKey() {
        var text = forms.text("master-key");
        var file = forms.path("master-key-file");
        if (!text.isEmpty() && file.isPresent()) {
            forms.problem("master-key and master-key-file are both given: say which of them holds the keys.");
        }
        return new ServerSettings.MasterKeySource(
                text.isEmpty() ? Optional.empty() : Optional.of(Secret.of(text)), file);
    }

    private Path dataDirectory() {
        var given = forms.path("data-dir");
        if (given.isPresent()) {
            return given.get();
        }
        if ("root".equals(System.getProperty("user.name"))) {
            return Path.of("/var/lib/cloister");
        }
        var xdg = environment.getOrDefault("XDG_DATA_HOME", "");
        if (xdg.startsWith("/")) {
            return Path.of(xdg, "cloister");
        }
        var home = System.getProperty("user.home", "");
        if (!home.startsWith("/")) {
            forms.problem("This account has no home directory: say with data-dir where to keep data.");
        }
        return Path.of(home.startsWith("/") ? home : "/", ".local", "share", "cloister");
    }

    private String account() {
        var account = forms.text("postgres-account");
        if (!account.matches("[a-z_][a-z0-9_-]{0,31}") || account.equals("root")) {
            forms.problem("postgres-account must be the name of an unprivileged account.");
        }
        return account;
    }

    private ServerSettings.Sandbox sandbox() {
        var usual = limits("sandbox-default-");
        var most = limits("sandbox-max-");
        if (usual.cpuMillis() > most.cpuMillis()
                || usual.memoryBytes() > most.memoryBytes()
                || usual.diskBytes() > most.diskBytes()
                || usual.processes() > most.processes()) {
            forms.problem(
                    "A workspace's default (sandbox-default-...) must not be above its maximum (sandbox-max-...).");
        }
        return new ServerSettings.Sandbox(
                forms.path("sandbox-images-dir"),
                forms.networks("sandbox-private-networks"),
                forms.duration("sandbox-stop-grace"),
                forms.number("sandbox-first-uid", 65_536, Integer.MAX_VALUE - 100_000_000),
                usual,
                most);
    }

    private ServerSettings.Terraform terraform() {
        String name = forms.text("terraform-account");
        return new ServerSettings.Terraform(
                forms.file("terraform-program"),
                name.isEmpty() ? Optional.empty() : Optional.of(name),
                forms.list("terraform-environment"),
                forms.size("terraform-max-disk"));
    }

    private ServerSettings.SandboxLimits limits(String prefix) {
        return new ServerSettings.SandboxLimits(
                forms.processors(prefix + "cpu"),
                forms.size(prefix + "memory"),
                forms.size(prefix + "disk"),
                forms.number(prefix + "processes", 16, 4_194_304));
    }

    private String suffix() {
        var suffix = forms.text("ssh-hostname-suffix").toLowerCase(Locale.ROOT);
        if (!Forms.isHostName(suffix)) {
            forms.problem("ssh-hostname-suffix must be a host name, such as cloister.");
        }
        return suffix;
    }
}
