package dev.cloister.cli.session;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;

/** The address of a server in one form, so that two spellings of the same server are equal. */
public final class ServerUrl {
    private ServerUrl() {}

    /** Reads what a person typed: the scheme may be left out, a path is dropped. */
    public static URI parse(String typed) throws CommandException {
        var text = typed.strip();
        var withScheme = text.contains("://") ? text : "https://" + text;
        try {
            var uri = new URI(withScheme);
            var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw CommandException.usage(
                        "\"" + text + "\" is not the URL of a server, like https://cloister.example.com.");
            }
            if (uri.getUserInfo() != null) {
                throw CommandException.usage("Leave user name and password out of the URL.");
            }
            return new URI(scheme, null, uri.getHost().toLowerCase(Locale.ROOT), uri.getPort(), null, null, null);
        } catch (URISyntaxException wrong) {
            throw CommandException.usage("\"" + text + "\" is not a URL.");
        }
    }

    /** Whether a token sent to this server could be read on its way. */
    public static boolean exposed(URI server) {
        return server.getScheme().equals("http") && !loopback(server.getHost());
    }

    private static boolean loopback(String host) {
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return true;
        }
        var literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (!literal.matches("[0-9.]+|[0-9a-f:.]+:[0-9a-f:.]*")) {
            return false; // a name is not looked up for this
        }
        try {
            return InetAddress.getByName(literal).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
