package dev.cloister.server.platform.config;

import dev.cloister.contract.Secret;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the operator decided, checked as a whole. */
public record ServerSettings(
        Listening listening,
        Path dataDirectory,
        Optional<ExternalPostgres> postgres,
        int postgresConnections,
        Apps apps,
        Sessions sessions,
        Limits limits,
        Sandbox sandbox,
        String sshHostnameSuffix,
        int provisioners,
        Logging logging,
        boolean printAndEnd,
        List<Shown> shown) {
    public ServerSettings {
        shown = List.copyOf(shown);
    }

    /**
     * Where the server listens and what it is called.
     *
     * @param accessUrl empty for the address where it listens
     */
    public record Listening(
            Optional<InetSocketAddress> http, Optional<Tls> tls, Optional<URI> accessUrl, List<String> trustedProxies) {
        /** Whether only this machine can reach the server. */
        public boolean isLoopbackOnly() {
            return http.map(ServerSettings::isLoopback).orElse(true)
                    && tls.map(one -> isLoopback(one.address())).orElse(true);
        }
    }

    private static boolean isLoopback(InetSocketAddress address) {
        return address.getAddress() != null && address.getAddress().isLoopbackAddress();
    }

    public record Tls(InetSocketAddress address, Path certificate, Path key) {}

    public record ExternalPostgres(String jdbcUrl, String user, Secret password) {}

    /** @param wildcardSuffix what follows the first label of an app's host name, such as {@code apps.example.com} */
    public record Apps(Optional<String> wildcardSuffix, boolean onPaths) {}

    public record Sessions(Duration unused, Duration longest, Duration longestToken, boolean secureCookies) {}

    public record Limits(long requestsPerMinute, long loginsPerMinute, long templateUploadBytes) {}

    public record Sandbox(Optional<Path> images, List<String> privateNetworks, Duration stopGrace) {}

    public record Logging(boolean json, String level) {}

    /** A setting as the operator may see it: a secret's value is not. */
    public record Shown(String name, String value, String source, String description) {}

    /**
     * Reads flags, environment and file.
     *
     * @throws SettingsException with every problem there is
     */
    public static ServerSettings load(List<String> arguments, Map<String, String> environment)
            throws SettingsException {
        return new SettingsReader(RawSettings.read(arguments, environment), environment).read();
    }

    /** The text of {@code --help}. */
    public static String help() {
        var text = new StringBuilder("""
                Usage: cloister server [--name value]...

                Starts the server. Each setting is a flag, an environment variable or a key in a file, in that order.

                """);
        for (Setting setting : Declarations.ALL) {
            text.append("  ")
                    .append(setting.secret() ? setting.variable() : setting.flag() + ", " + setting.variable())
                    .append(setting.otherwise().isEmpty() ? "" : "  [" + setting.otherwise() + "]")
                    .append("\n        ")
                    .append(setting.description())
                    .append('\n');
        }
        return text.toString();
    }
}
