package dev.cloister.contract.agent;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a Git repository on the web, reduced to what decides who gets a token: where it is, never who signs in
 * there. What stands before the last {@code @} is a name that anybody can choose ({@code https://github.com@evil/} is a
 * repository of {@code evil}); a backslash, an escape or a control character is read differently by different programs,
 * and an address with one is none.
 *
 * @param scheme {@code https} or {@code http}
 * @param host in small letters
 * @param port -1 for the usual one
 * @param path empty, or begins with a slash
 */
public record RepositoryAddress(String scheme, String host, int port, String path) {
    private static final int LONGEST = 2048;
    private static final Pattern FORM = Pattern.compile(
            "(https?)://(?:[^@/?#\\\\\\p{Cntrl}\\s]*@)?"
                    + "([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\\[[0-9a-f:.]{2,45}])(?::([0-9]{1,5}))?(/[\\x21-\\x7e&&[^\\\\]]*)?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
    private static final int HIGHEST_PORT = 65_535;

    /** Empty for everything that is not plainly the address of a repository on the web. */
    public static Optional<RepositoryAddress> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        int slashes = text.indexOf("://");
        int path = slashes < 0 ? -1 : text.indexOf('/', slashes + 3);
        String place = path < 0 ? text : text.substring(0, path);
        Matcher found = FORM.matcher(place.toLowerCase(Locale.ROOT) + (path < 0 ? "" : text.substring(path)));
        if (!found.matches()) {
            return Optional.empty();
        }
        int port = found.group(3) == null ? -1 : Integer.parseInt(found.group(3));
        if (port == 0 || port > HIGHEST_PORT) {
            return Optional.empty();
        }
        String scheme = found.group(1);
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        return Optional.of(new RepositoryAddress(
                scheme, found.group(2), usual ? -1 : port, found.group(4) == null ? "" : found.group(4)));
    }

    /** Whether nobody on the way can read what is sent there. */
    public boolean isPrivate() {
        return scheme.equals("https") || LOOPBACK.matcher(host).matches();
    }

    /** The host, with the port where it is not the usual one. */
    public String place() {
        return port < 0 ? host : host + ":" + port;
    }

    @Override
    public String toString() {
        return scheme + "://" + place() + path;
    }
}
