package dev.cloister.provisioner.workspacefile;

import dev.cloister.provisioner.AgentPlan;
import dev.cloister.provisioner.egress.EgressRule;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns {@code repository} into the first start-up script. */
final class RepositoryReader {
    private static final Map<String, Integer> PORTS = Map.of("https", 443, "http", 80, "ssh", 22, "git", 9418);
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final FieldPath PATH = FieldPath.ROOT.child("repository");

    /** What git accepts, less what could be taken for an option or a revision expression. */
    private static final Pattern BRANCH = Pattern.compile("(?!-)(?!.*\\.\\.)[A-Za-z0-9._/+@-]{1,255}");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[[0-9a-fA-F:.]+]");

    private final FilledDocument document;
    private final List<String> egress;

    RepositoryReader(FilledDocument document, List<String> egress) {
        this.document = document;
        this.egress = egress;
    }

    /** @param directory where it is cloned to */
    record Repository(String directory, AgentPlan.Script script, Optional<String> warning) {}

    Optional<Repository> read() {
        return document.value(PATH.child("url"), "an https, http, ssh or git URL without a password", this::url)
                .flatMap(this::repository);
    }

    private Optional<Repository> repository(URI url) {
        var name = name(url);
        var directory = document.value(PATH.child("directory"), "an absolute path or one below ~/", HomePath::resolve)
                .orElse(WorkspaceSpec.HOME + "/" + name);
        var branch = document.value(
                PATH.child("branch"),
                "the name of a branch or tag",
                text -> Optional.of(text).filter(BRANCH.asMatchPredicate()));
        var script = new AgentPlan.Script(
                "Clone " + name, AgentPlan.Phase.START, script(url, directory, branch), TIMEOUT, false);
        return Optional.of(new Repository(directory, script, warning(url)));
    }

    private Optional<URI> url(String text) {
        try {
            var url = new URI(text);
            var user = url.getUserInfo();
            var valid = url.getScheme() != null
                    && PORTS.containsKey(url.getScheme())
                    && url.getHost() != null
                    && HOST.matcher(url.getHost()).matches()
                    && (user == null || (url.getScheme().equals("ssh") && user.equals("git")))
                    && url.getRawFragment() == null
                    && !name(url).isEmpty();
            return valid ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String name(URI url) {
        var path = Optional.ofNullable(url.getPath()).orElse("").replaceAll("/+$", "");
        var last = path.substring(path.lastIndexOf('/') + 1).replaceAll("\\.git$", "");
        return last.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[.-]+", "");
    }

    private static String script(URI url, String directory, Optional<String> branch) {
        var option = branch.map(name -> "--branch " + quoted(name) + " ").orElse("");
        return """
                set -eu
                directory=%s
                if [ -e "$directory/.git" ]; then
                    echo "$directory is already there."
                    exit 0
                fi
                mkdir -p -- "$(dirname -- "$directory")"
                exec git clone %s-- %s "$directory"
                """.formatted(quoted(directory), option, quoted(url.toString()));
    }

    /** As one word of a shell, whatever it holds. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private Optional<String> warning(URI url) {
        var port = url.getPort() < 0 ? PORTS.getOrDefault(url.getScheme(), 443) : url.getPort();
        var allowed = egress.stream().map(EgressRule::parse).anyMatch(rule -> rule.allows(url.getHost(), port));
        return allowed
                ? Optional.empty()
                : Optional.of("The repository's host is not on the egress list, so it cannot be cloned: add "
                        + (port == 443 || port == 80 ? url.getHost() : url.getHost() + ":" + port)
                        + " to egress.allow.");
    }
}
