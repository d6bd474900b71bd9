package dev.cloister.server.platform.config;

import dev.cloister.contract.Secret;
import dev.cloister.contract.proof.NoteKey;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator decided, checked as a whole.
 *
 * @param postgres empty for the embedded one
 * @param postgresAccount the account of the embedded PostgreSQL when the server runs as root
 * @param provisioners how many builds run at once in this server
 * @param externalAuthFile the providers that people can link their accounts with
 * @param auditWitnesses the keys of those whose cosignatures of the audit log's heads are kept
 * @param prometheus where metrics are served, empty for nowhere
 * @param printAndEnd whether only to show the settings
 */
public record ServerSettings(
        Listening listening,
        Path dataDirectory,
        Optional<ExternalPostgres> postgres,
        int postgresConnections,
        String postgresAccount,
        Apps apps,
        Sessions sessions,
        Rights rights,
        MasterKeySource masterKey,
        Optional<Path> externalAuthFile,
        List<NoteKey> auditWitnesses,
        Limits limits,
        Sandbox sandbox,
        Terraform terraform,
        String sshHostnameSuffix,
        QuietHours quietHours,
        NotificationSettings notifications,
        int provisioners,
        Logging logging,
        Optional<InetSocketAddress> prometheus,
        boolean printAndEnd,
        List<Shown> shown) {
    public ServerSettings {
        shown = List.copyOf(shown);
    }

    /**
     * Where the server listens and what it is called.
     *
     * @param accessUrl empty for the address where it listens
     * @param relayUrl where the other servers of the deployment reach this one, empty for not at all
     */
    public record Listening(
            Optional<InetSocketAddress> http,
            Optional<Tls> tls,
            Optional<URI> accessUrl,
            Optional<URI> relayUrl,
            List<String> trustedProxies) {
        /** Whether only this machine can reach the server; a proxy in front of it would open it to others. */
        public boolean isLoopbackOnly() {
            return http.map(ServerSettings::isLoopback).orElse(true)
                    && tls.map(one -> isLoopback(one.address())).orElse(true)
                    && accessUrl.map(URI::getHost).map(Listening::isHere).orElse(true)
                    && trustedProxies.isEmpty();
        }

        /** Names below localhost always mean this machine (RFC 6761, 6.3). */
        private static boolean isHere(String host) {
            return Forms.isThisMachine(host) || host.endsWith(".localhost");
        }
    }

    private static boolean isLoopback(InetSocketAddress address) {
        return address.getAddress() != null && address.getAddress().isLoopbackAddress();
    }

    public record Tls(InetSocketAddress address, Path certificate, Path key) {}

    public record ExternalPostgres(String jdbcUrl, String user, Secret password) {}

    /** @param wildcardSuffix what follows the first label of an app's host name, such as {@code apps.example.com} */
    public record Apps(Optional<String> wildcardSuffix, boolean onPaths) {}

    /**
     * @param longestOwnerToken of an owner, who may do everything
     * @param usualToken of a token that nobody gave a life
     * @param dormantAfterDays without activity an account is dormant; 0 for never
     */
    public record Sessions(
            Duration unused,
            Duration longest,
            Duration longestToken,
            Duration longestOwnerToken,
            Duration usualToken,
            int dormantAfterDays,
            boolean secureCookies) {}

    /**
     * What is taken from built-in roles.
     *
     * @param ownerWorkspaceAccess whether owners may enter other people's workspaces
     * @param workspaceSharing whether any workspace may be shared
     */
    public record Rights(boolean ownerWorkspaceAccess, boolean workspaceSharing) {}

    /**
     * Where the keys come from that encrypt secrets in the database.
     *
     * @param text empty where they are in a file
     * @param file empty for the usual place in the data directory
     */
    public record MasterKeySource(Optional<Secret> text, Optional<Path> file) {}

    public record Limits(long requestsPerMinute, long loginsPerMinute, long templateUploadBytes) {}

    /**
     * @param images empty for the usual place in the data directory
     * @param firstUid the lowest user id of workspaces when the server runs as root
     * @param defaults for templates that ask for nothing
     * @param maximum that a template may ask for
     */
    public record Sandbox(
            Optional<Path> images,
            List<String> privateNetworks,
            Duration stopGrace,
            int firstUid,
            SandboxLimits defaults,
            SandboxLimits maximum) {}

    /**
     * @param program empty for the one on the search path
     * @param account as whom it runs, empty for an account of its own for each workspace
     * @param environment names of variables that it gets
     * @param maxDisk of the directory of a run, in bytes
     */
    public record Terraform(Optional<Path> program, Optional<String> account, List<String> environment, long maxDisk) {}

    /** @param cpuMillis thousandths of a processor */
    public record SandboxLimits(int cpuMillis, long memoryBytes, long diskBytes, int processes) {}

    /** @param usual the schedule of people who chose none, in the form of cron */
    public record QuietHours(String usual, boolean userCanSet) {}

    public record Logging(boolean json, String level) {}

    /**
     * A setting as the operator may see it: a secret's value is not.
     *
     * @param otherwise what it is where nobody sets it
     */
    public record Shown(
            String name,
            String variable,
            String value,
            String otherwise,
            String source,
            boolean isSecret,
            String description) {}

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
        return SettingsText.help();
    }

    /** The text of {@code --print-settings}: name, value and source of each setting. */
    public String table() {
        return SettingsText.table(shown);
    }
}
