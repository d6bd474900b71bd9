package dev.cloister.server.connection.agent;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The host names of apps: each app and port of a workspace has its own, {@code app--agent--workspace--user} followed by
 * the suffix of the deployment's wildcard, so that a browser keeps them apart from each other and from the platform.
 */
public final class AppHosts {
    /** The longest label of a host name (RFC 1035, 2.3.4). */
    private static final int MAX_LABEL = 63;

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]+(-{1,2}[a-z0-9]+)*");
    private static final Pattern SUFFIX = Pattern.compile("[a-z0-9-]*(\\.[a-z0-9-]+)+");

    private final URI accessUrl;
    private final String suffix;
    private final int port;

    /** The workspace that an app is in. */
    public record Place(String agent, String workspace, String owner) {}

    private AppHosts(URI accessUrl, String suffix, int port) {
        this.accessUrl = accessUrl;
        this.suffix = suffix;
        this.port = port;
    }

    /** No wildcard is configured: apps have no host names. */
    public static AppHosts none(URI accessUrl) {
        return new AppHosts(accessUrl, "", -1);
    }

    /**
     * Host names by a wildcard such as {@code *.apps.example.com} or {@code *--apps.example.com:8443}. Without a port it
     * is that of the access URL.
     *
     * @throws IllegalArgumentException with a sentence for the administrator where it is no such wildcard
     */
    public static AppHosts of(URI accessUrl, String wildcard) {
        String text = wildcard.strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty()) {
            return none(accessUrl);
        }
        int scheme = text.indexOf("://");
        String host = scheme < 0 ? text : text.substring(scheme + 3);
        int port = accessUrl.getPort();
        int colon = host.indexOf(':');
        if (colon >= 0) {
            port = port(host.substring(colon + 1), wildcard);
            host = host.substring(0, colon);
        }
        if (!host.startsWith("*") || !SUFFIX.matcher(host.substring(1)).matches()) {
            throw new IllegalArgumentException(
                    "The wildcard for apps must look like *.apps.example.com, not \"" + wildcard + "\".");
        }
        return new AppHosts(accessUrl, host.substring(1), port);
    }

    private static int port(String text, String wildcard) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("The wildcard for apps has no valid port: \"" + wildcard + "\".");
    }

    /** Whether apps have host names here. */
    public boolean isEnabled() {
        return !suffix.isEmpty();
    }

    /** The wildcard as clients are told, {@code *.apps.example.com:8443}; empty where there is none. */
    public String wildcard() {
        return isEnabled() ? "*" + authority("") : "";
    }

    private String authority(String label) {
        return label + suffix + (port < 0 ? "" : ":" + port);
    }

    /** What stands before the suffix, empty where it would be longer than a label can be. */
    public static String label(String app, Place place) {
        String full = String.join("--", app, place.agent(), place.workspace(), place.owner());
        String brief = String.join("--", app, place.workspace(), place.owner());
        String label = full.length() <= MAX_LABEL ? full : brief;
        return label.length() <= MAX_LABEL ? label.toLowerCase(Locale.ROOT) : "";
    }

    /** The address of any port, with {@code {{port}}} for its number; empty where there are no host names. */
    public String portTemplate(Place place) {
        String label = label("00000", place);
        return !isEnabled() || label.isEmpty()
                ? ""
                : accessUrl.getScheme() + "://" + authority(label.replaceFirst("00000", "{{port}}"));
    }

    /** The address of an app host. */
    public URI url(String label) {
        return URI.create(accessUrl.getScheme() + "://" + authority(label) + "/");
    }

    /** Whether a host is under the wildcard, whatever stands before the suffix. The platform's own host never is. */
    public boolean covers(String host) {
        String name = name(host);
        return isEnabled() && name.endsWith(suffix) && !name.equals(accessHost());
    }

    private static String name(String host) {
        int colon = host.indexOf(':');
        return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
    }

    /**
     * The label of a host name of an app: of a host that ends in exactly the suffix and has one label before it. The
     * platform's own host is never one, even where the wildcard would cover it.
     *
     * @param host of a request, with or without port
     */
    public Optional<String> label(String host) {
        if (!covers(host)) {
            return Optional.empty();
        }
        String name = name(host);
        String label = name.substring(0, name.length() - suffix.length());
        return Optional.of(label)
                .filter(found ->
                        found.length() <= MAX_LABEL && LABEL.matcher(found).matches());
    }

    private String accessHost() {
        return accessUrl.getHost() == null ? "" : accessUrl.getHost().toLowerCase(Locale.ROOT);
    }

    /** The label of an address on an app host of ours, with our scheme and port; empty for every other address. */
    public Optional<String> label(URI address) {
        boolean ours = accessUrl.getScheme().equalsIgnoreCase(address.getScheme())
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && effectivePort(address.getPort()) == effectivePort(port);
        return ours ? label(address.getHost()) : Optional.empty();
    }

    private int effectivePort(int given) {
        if (given >= 0) {
            return given;
        }
        return "https".equalsIgnoreCase(accessUrl.getScheme()) ? 443 : 80;
    }
}
