package dev.cloister.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operating-system account of PostgreSQL's processes: the server's own, or, since PostgreSQL refuses to run as root
 * and should not, a dedicated one. Either way they can gain no privilege and hold no capability.
 *
 * @param changes whether it is another account than the server's own
 */
record RunAs(String name, int uid, int gid, boolean changes) {
    private static final Logger LOG = LoggerFactory.getLogger(RunAs.class);

    static RunAs choose(String account) throws EmbeddedPostgresException, InterruptedException {
        if (!CurrentUser.isRoot()) {
            return new RunAs(CurrentUser.name(), CurrentUser.uid(), CurrentUser.gid(), false);
        }
        var found = lookUp(account);
        if (found.isEmpty()) {
            create(account);
            found = lookUp(account);
        }
        var fields = found.split(":", -1);
        if (fields.length < 4 || !fields[2].matches("\\d{1,9}") || !fields[3].matches("\\d{1,9}")) {
            throw impossible(account, "it is not in the account database");
        }
        if (fields[2].equals("0")) {
            throw impossible(account, "it has the user id 0, which is root");
        }
        return new RunAs(account, Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), true);
    }

    private static String lookUp(String account) throws EmbeddedPostgresException, InterruptedException {
        var result = ShortCommand.run(Duration.ofSeconds(20), "", List.of("getent", "passwd", account));
        return result.succeeded() ? result.output().strip() : "";
    }

    private static void create(String account) throws EmbeddedPostgresException, InterruptedException {
        LOG.info("Creating the system account {} for the embedded PostgreSQL, which must not run as root", account);
        var command = List.of(
                "useradd",
                "--system",
                "--user-group",
                "--no-create-home",
                "--home-dir",
                "/nonexistent",
                "--shell",
                "/usr/sbin/nologin",
                "--comment",
                "Cloister PostgreSQL",
                "--",
                account);
        ShortCommand.Result result;
        try {
            result = ShortCommand.run(Duration.ofSeconds(20), "", command);
        } catch (EmbeddedPostgresException e) {
            throw impossible(account, "it does not exist and " + e.getMessage());
        }
        if (!result.succeeded()) {
            throw impossible(
                    account,
                    "it does not exist and useradd says: " + result.output().strip());
        }
    }

    private static EmbeddedPostgresException impossible(String account, String why) {
        return new EmbeddedPostgresException("""
                The embedded PostgreSQL cannot run as root, and not as the account "%s" either: %s. Do one of these:
                    create it:  useradd --system --user-group --no-create-home --shell /usr/sbin/nologin %s
                    name another unprivileged account with --postgres-account
                    start Cloister as an ordinary user
                    use a PostgreSQL of your own with --postgres-url""".formatted(account, why, account));
    }

    /** A command that runs for long: in a session of its own, so that Ctrl-C at the terminal reaches only the server. */
    List<String> daemon(List<String> command, List<Path> needed) throws IOException {
        var whole = new ArrayList<>(ReachablePaths.opening(this, needed));
        whole.add("setsid");
        whole.addAll(unprivileged("INT"));
        whole.addAll(command);
        return whole;
    }

    /** A command that ends by itself. */
    List<String> tool(List<String> command, List<Path> needed) throws IOException {
        var whole = new ArrayList<>(ReachablePaths.opening(this, needed));
        whole.addAll(unprivileged("KILL"));
        whole.addAll(borrowedName());
        whole.addAll(command);
        return whole;
    }

    /** {@code signalOnParentDeath} arrives when the thread that started the process ends, so also after kill -9. */
    private List<String> unprivileged(String signalOnParentDeath) {
        var command = new ArrayList<>(List.of("setpriv", "--no-new-privs", "--pdeathsig", signalOnParentDeath));
        if (changes) {
            command.addAll(List.of(
                    "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"));
        }
        command.add("--");
        return command;
    }

    /**
     * PostgreSQL's tools want a name for their user id, and in a container there may be none. In a user namespace the
     * same user can appear under an id that has one; the files made still belong to the real user.
     */
    private List<String> borrowedName() throws IOException {
        if (changes || !name.equals(Integer.toString(uid))) {
            return List.of();
        }
        try (var lines = Files.lines(Path.of("/etc/passwd"))) {
            var named = lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 3 && fields[2].matches("[1-9]\\d{0,8}"))
                    .findFirst();
            return named.map(fields ->
                            List.of("unshare", "--user", "--map-user=" + fields[2], "--map-group=" + fields[2], "--"))
                    .orElse(List.of());
        }
    }
}
