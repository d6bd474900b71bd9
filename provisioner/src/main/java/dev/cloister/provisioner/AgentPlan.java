package dev.cloister.provisioner;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the agent of a workspace is to do, with all parameters filled in.
 *
 * @param os {@code linux}
 * @param arch {@code amd64} or {@code arm64}
 * @param directory where sessions begin, an absolute path inside the workspace
 * @param environment for scripts, sessions and apps; holds the parameters as {@code PARAM_*} too
 * @param sshHostPublicKey of the form {@code ecdsa-sha2-nistp256 AAAA...}; absent before the first build
 */
public record AgentPlan(
        String name,
        String os,
        String arch,
        String directory,
        Map<String, String> environment,
        List<Script> scripts,
        List<App> apps,
        List<Metadata> metadata,
        StartupBehavior startupBehavior,
        @Nullable String sshHostPublicKey) {
    public AgentPlan {
        environment = Map.copyOf(environment);
        scripts = List.copyOf(scripts);
        apps = List.copyOf(apps);
        metadata = List.copyOf(metadata);
    }

    /** Whether sessions wait for the start-up scripts that block logins. */
    public enum StartupBehavior {
        BLOCKING,
        NON_BLOCKING
    }

    /** When a script runs. */
    public enum Phase {
        START,
        STOP,
        SCHEDULE
    }

    /**
     * A script, run by the user's shell in the order of the list.
     *
     * @param schedule when it runs by itself, as {@link dev.cloister.contract.agent.CronSchedule} understands it;
     *     empty except in the phase {@code SCHEDULE}
     * @param timeout after which it is ended
     */
    public record Script(String name, Phase phase, String schedule, String run, Duration timeout, boolean blocksLogin) {
        /** A script without a schedule. */
        public Script(String name, Phase phase, String run, Duration timeout, boolean blocksLogin) {
            this(name, phase, "", run, timeout, blocksLogin);
        }
    }

    /** Who else may open an app. */
    public enum Share {
        OWNER,
        AUTHENTICATED,
        ORGANIZATION,
        PUBLIC
    }

    /** Where the dashboard opens an app. */
    public enum OpenIn {
        SLIM_WINDOW,
        TAB
    }

    /**
     * An application of the workspace: exactly one of {@code url} and {@code command} is present.
     *
     * @param url of the app as seen inside the workspace; a template's {@code port} becomes a URL of loopback
     * @param command for an app that is a terminal
     */
    public record App(
            String slug,
            String displayName,
            String icon,
            @Nullable URI url,
            @Nullable String command,
            @Nullable Healthcheck healthcheck,
            Share share,
            boolean subdomain,
            OpenIn openIn,
            boolean hidden,
            int order) {}

    /**
     * How to tell whether an app is well.
     *
     * @param threshold failures in a row before it counts as unhealthy
     */
    public record Healthcheck(URI url, Duration interval, int threshold) {}

    /** A value that the agent measures by a script and the dashboard shows. */
    public record Metadata(String key, String displayName, String script, Duration interval, Duration timeout) {}
}
