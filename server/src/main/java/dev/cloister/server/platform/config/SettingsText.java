package dev.cloister.server.platform.config;

import java.util.List;
import java.util.Locale;

/** The settings as a person reads them: help, table, and the operator's page. */
final class SettingsText {
    private SettingsText() {}

    static String help() {
        var text = new StringBuilder("""
                Usage: cloister server [--name value]...

                Starts the server. Each setting is a flag, an environment variable or a key in a file, in that order.

                """);
        for (var setting : Declarations.ALL) {
            var name = setting.secret()
                    ? setting.variable()
                    : setting.flag() + " " + setting.kind().placeholder() + ", " + setting.variable();
            text.append("  ").append(name);
            text.append(setting.otherwise().isEmpty() ? "" : "  [" + setting.otherwise() + "]");
            text.append("\n        ").append(setting.description()).append('\n');
        }
        return text.toString();
    }

    static String table(List<ServerSettings.Shown> shown) {
        var names = width(shown.stream().map(ServerSettings.Shown::name).toList());
        var values = width(shown.stream().map(one -> printable(one.value())).toList());
        var format = "%-" + names + "s  %-" + Math.min(values, 60) + "s  %s%n";
        var text = new StringBuilder();
        for (var one : shown) {
            text.append(format.formatted(one.name(), printable(one.value()), one.source()));
        }
        return text.toString();
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(1);
    }

    private static String printable(String value) {
        return value.isEmpty() ? "-" : value.replaceAll("\\p{Cntrl}", "?");
    }

    /** The page {@code docs/settings.md}. */
    static String page() {
        var text = new StringBuilder("""
                # Settings of the server

                Each setting is a flag (`--name value`), an environment variable or a key of the file that `--config` names (YAML), in
                that order. `cloister server --print-settings` shows every value with where it came from; secrets are hidden and never
                taken from flags. An unknown name or a contradiction stops the start with a message. A variable that is empty counts as
                not set.

                | name | variable | form | default | meaning |
                |---|---|---|---|---|
                """);
        for (var setting : Declarations.ALL) {
            text.append("| `%s` | `%s` | %s | %s | %s |\n"
                    .formatted(
                            setting.name(),
                            setting.variable(),
                            setting.kind().name().toLowerCase(Locale.ROOT) + (setting.secret() ? " (secret)" : ""),
                            setting.otherwise().isEmpty() ? "" : "`" + setting.otherwise() + "`",
                            setting.description()));
        }
        return text.append("""

                        Durations are written as `30s`, `15m`, `8h` or `7d`; sizes as `512MiB`, `4GiB` or `1TiB`; processors as `2` or `0.5`.
                        Lists are separated by commas, or are YAML lists in the file. A file that holds a secret must not be readable by
                        others.

                        ## The embedded PostgreSQL

                        Without `postgres-url` the server starts a PostgreSQL of its own in `postgres` below the data directory. It listens on
                        127.0.0.1 on a port chosen at each start, wants a password from everybody, and never runs as root: a server that runs
                        as root starts it as the account of `postgres-account`, which it creates if need be. Changes to PostgreSQL's own
                        settings go into `postgres/postgresql.local.conf`. The superuser's password is in `postgres/superuser-password`.

                        If PostgreSQL dies the server starts it again. If the server dies, however it dies, PostgreSQL shuts down, and the next
                        start waits for whatever is still ending. Two servers never share a data directory, and a data directory that another
                        major version of PostgreSQL wrote is refused with the way to bring its content along.
                        """).toString();
    }
}
