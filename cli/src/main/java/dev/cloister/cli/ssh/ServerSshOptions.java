package dev.cloister.cli.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What of the server's wishes for the SSH configuration is taken over. An option such as ProxyCommand or LocalCommand
 * would let the server run programs here, ForwardAgent would lend it the user's keys; so only these options, with values
 * of these forms, are accepted.
 */
final class ServerSshOptions {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final Pattern SWITCH = Pattern.compile("yes|no");
    private static final Map<String, Pattern> ALLOWED = Map.of(
            "serveraliveinterval", SECONDS,
            "serveralivecountmax", SECONDS,
            "connecttimeout", SECONDS,
            "connectionattempts", SECONDS,
            "tcpkeepalive", SWITCH,
            "compression", SWITCH,
            "loglevel", Pattern.compile("QUIET|FATAL|ERROR|INFO|VERBOSE"));

    private final List<String> accepted = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    ServerSshOptions(Map<String, String> wishes) {
        new TreeMap<>(wishes).forEach((name, value) -> {
            var form = ALLOWED.get(name.toLowerCase(Locale.ROOT));
            if (form != null && form.matcher(value).matches()) {
                accepted.add(name + " " + value);
            } else {
                refused.add(name);
            }
        });
    }

    /** Lines for the configuration. */
    List<String> accepted() {
        return accepted;
    }

    /** Names of options that are left out. */
    List<String> refused() {
        return refused;
    }
}
