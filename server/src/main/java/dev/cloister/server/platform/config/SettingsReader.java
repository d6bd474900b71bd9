package dev.cloister.server.platform.config;

import dev.cloister.contract.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns texts into settings and collects everything that is wrong with them. */
final class SettingsReader {
    private static final Pattern DURATION = Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private final RawSettings raw;
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    SettingsReader(RawSettings raw, Map<String, String> environment) {
        this.raw = raw;
        this.environment = environment;
    }

    ServerSettings read() throws SettingsException {
        problems.addAll(raw.problems());
        var settings = new ServerSettings(
                listening(),
                dataDirectory(),
                postgres(),
                number("postgres-connections", 2, 1000),
                apps(),
                new ServerSettings.Sessions(
                        duration("session-duration"),
                        duration("max-session-lifetime"),
                        duration("max-token-lifetime"),
                        flag("secure-auth-cookie")),
                new ServerSettings.Limits(
                        number("api-rate-limit", 0, 1_000_000),
                        number("login-rate-limit", 0, 1_000_000),
                        number("template-upload-max-bytes", 1024, 1 << 30)),
                new ServerSettings.Sandbox(
                        path("sandbox-images-dir"), list("sandbox-private-networks"), duration("sandbox-stop-grace")),
                suffix(),
                number("provisioner-daemons", 0, 100),
                logging(),
                flag("print-settings"),
                shown());
        if (settings.sessions().longest().compareTo(settings.sessions().unused()) < 0) {
            problems.add("max-session-lifetime must not be shorter than session-duration.");
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return settings;
    }

    private List<ServerSettings.Shown> shown() {
        return Declarations.ALL.stream()
                .map(setting -> new ServerSettings.Shown(
                        setting.name(),
                        setting.secret() && !raw.text(setting.name()).isEmpty() ? "(hidden)" : raw.text(setting.name()),
                        raw.source(setting.name()),
                        setting.description()))
                .toList();
    }

    private ServerSettings.Listening listening() {
        var http = address("http-address");
        var tlsAddress = address("tls-address");
        var certificate = path("tls-cert-file");
        var key = path("tls-key-file");
        Optional<ServerSettings.Tls> tls = Optional.empty();
        if (tlsAddress.isPresent()) {
            if (certificate.isEmpty() || key.isEmpty()) {
                problems.add("tls-address needs tls-cert-file and tls-key-file.");
            } else {
                readable("tls-cert-file", certificate.get());
                readable("tls-key-file", key.get());
                tls = Optional.of(new ServerSettings.Tls(tlsAddress.get(), certificate.get(), key.get()));
            }
        } else if (certificate.isPresent() || key.isPresent()) {
            problems.add("tls-cert-file and tls-key-file mean nothing without tls-address.");
        }
        if (http.isEmpty() && tlsAddress.isEmpty()) {
            problems.add("Both http-address and tls-address are off: nobody could reach the server.");
        }
        return new ServerSettings.Listening(http, tls, accessUrl(), list("proxy-trusted-origins"));
    }

    private void readable(String name, Path file) {
        if (!Files.isReadable(file)) {
            problems.add(name + ": " + file + " does not exist or cannot be read.");
        }
    }

    private Optional<URI> accessUrl() {
        String text = raw.text("access-url");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean good = ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && (url.getRawPath() == null || url.getRawPath().isEmpty())
                    && url.getRawQuery() == null
                    && url.getRawUserInfo() == null;
            if (good) {
                return Optional.of(url);
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        problems.add("access-url must be like https://cloister.example.com, without a path.");
        return Optional.empty();
    }

    private ServerSettings.Apps apps() {
        String text = raw.text("wildcard-access-url").toLowerCase(Locale.ROOT);
        Optional<String> suffix = Optional.empty();
        if (!text.isEmpty()) {
            String host = text.startsWith("*.") ? text.substring(2) : "";
            if (!HOST.matcher(host).matches()) {
                problems.add("wildcard-access-url must be like *.apps.example.com.");
            } else {
                suffix = Optional.of(host);
            }
            if (raw.text("access-url").isEmpty()) {
                problems.add("wildcard-access-url needs access-url.");
            } else if (suffix.isPresent() && accessUrl().map(URI::getHost).filter(suffix.get()::equals).isPresent()) {
                problems.add("wildcard-access-url must not be below the very host of access-url: its apps could set "
                        + "cookies for the platform. Use a host of its own, such as *.apps.example.com.");
            }
        }
        return new ServerSettings.Apps(suffix, flag("enable-path-apps"));
    }

    private Path dataDirectory() {
        Optional<Path> given = path("data-dir");
        if (given.isPresent()) {
            return given.get();
        }
        if ("root".equals(System.getProperty("user.name"))) {
            return Path.of("/var/lib/cloister");
        }
        String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
        return xdg.startsWith("/")
                ? Path.of(xdg, "cloister")
                : Path.of(System.getProperty("user.home"), ".local", "share", "cloister");
    }

    private Optional<ServerSettings.ExternalPostgres> postgres() {
        String text = raw.text("postgres-url");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI url = URI.create(text);
            String user = url.getUserInfo() == null ? "" : url.getUserInfo();
            if (user.contains(":")) {
                problems.add("postgres-url must not hold the password: give it as CLOISTER_POSTGRES_PASSWORD.");
                return Optional.empty();
            }
            boolean scheme = "postgres".equals(url.getScheme()) || "postgresql".equals(url.getScheme());
            if (scheme && url.getHost() != null && url.getRawPath().length() > 1 && url.getRawQuery() == null) {
                return Optional.of(new ServerSettings.ExternalPostgres(
                        jdbcUrl(url), user, Secret.of(raw.text("postgres-password"))));
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        problems.add("postgres-url must be like postgres://user@host:5432/database.");
        return Optional.empty();
    }

    private String jdbcUrl(URI url) {
        String port = url.getPort() == -1 ? "" : ":" + url.getPort();
        String jdbc = "jdbc:postgresql://" + url.getHost() + port + url.getRawPath();
        boolean here = url.getHost().equals("localhost") || url.getHost().startsWith("127.")
                || url.getHost().equals("[::1]");
        if (here) {
            return jdbc + "?sslmode=prefer";
        }
        String root = path("postgres-root-cert")
                .map(file -> "&sslrootcert=" + URLEncoder.encode(file.toString(), StandardCharsets.UTF_8))
                .orElse("&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
        return jdbc + "?sslmode=verify-full" + root;
    }

    private String suffix() {
        String suffix = raw.text("ssh-hostname-suffix").toLowerCase(Locale.ROOT);
        if (!HOST.matcher(suffix).matches()) {
            problems.add("ssh-hostname-suffix must be a host name, such as cloister.");
        }
        return suffix;
    }

    private ServerSettings.Logging logging() {
        String format = raw.text("log-format");
        if (!format.equals("human") && !format.equals("json")) {
            problems.add("log-format must be human or json.");
        }
        String level = raw.text("log-level");
        if (!List.of("error", "warn", "info", "debug").contains(level)) {
            problems.add("log-level must be error, warn, info or debug.");
        }
        return new ServerSettings.Logging(format.equals("json"), level);
    }

    private boolean flag(String name) {
        return switch (raw.text(name).toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0", "" -> false;
            default -> {
                problems.add(name + " must be true or false, not \"" + raw.text(name) + "\".");
                yield false;
            }
        };
    }

    private int number(String name, int least, int most) {
        try {
            int value = Integer.parseInt(raw.text(name).strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        problems.add(name + " must be a whole number from " + least + " to " + most + ", not \"" + raw.text(name) + "\".");
        return least;
    }

    private Duration duration(String name) {
        Matcher matcher = DURATION.matcher(raw.text(name).strip());
        if (matcher.matches() && matcher.end() > 0) {
            Duration value = Duration.ofHours(part(matcher, 1))
                    .plusMinutes(part(matcher, 2))
                    .plusSeconds(part(matcher, 3));
            if (value.isPositive()) {
                return value;
            }
        }
        problems.add(name + " must be a duration such as 30s, 15m or 8h, not \"" + raw.text(name) + "\".");
        return Duration.ofSeconds(1);
    }

    private static long part(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }

    private Optional<InetSocketAddress> address(String name) {
        String text = raw.text(name).strip();
        if (text.isEmpty() || text.equals("off")) {
            return Optional.empty();
        }
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            String host = colon <= 0 ? "0.0.0.0" : text.substring(0, colon);
            if (colon >= 0 && port >= 0 && port <= 65535) {
                return Optional.of(new InetSocketAddress(InetAddress.getByName(host), port));
            }
        } catch (NumberFormatException | UnknownHostException e) {
            // told below
        }
        problems.add(name + " must be ADDRESS:PORT, such as 127.0.0.1:3000, not \"" + text + "\".");
        return Optional.empty();
    }

    private Optional<Path> path(String name) {
        String text = raw.text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(text).toAbsolutePath().normalize());
        } catch (java.nio.file.InvalidPathException e) {
            problems.add(name + " is not a path: " + e.getMessage());
            return Optional.empty();
        }
    }

    private List<String> list(String name) {
        return java.util.Arrays.stream(raw.text(name).split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
