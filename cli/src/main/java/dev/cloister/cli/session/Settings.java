package dev.cloister.cli.session;

import dev.cloister.contract.client.SessionToken;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Where the server's URL and the token come from: option, environment, then the last login. The token of the last login
 * goes to the server of that login only.
 */
public final class Settings {
    public static final String CONFIG_DIRECTORY = "CLOISTER_CONFIG_DIR";
    private static final String[] URL = {"CLOISTER_URL", "CODER_URL"};
    private static final String[] TOKEN = {"CLOISTER_SESSION_TOKEN", "CODER_SESSION_TOKEN"};

    private final Map<String, String> environment;
    private ConfigDirectory config;
    private Optional<String> urlOption = Optional.empty();

    public Settings(Map<String, String> environment) {
        this.environment = environment;
        this.config = ConfigDirectory.of(environment);
    }

    /** Takes the value of {@code --url}, which goes before everything else. */
    public void chooseServer(String url) {
        urlOption = Optional.of(url);
    }

    /** Takes the value of {@code --config-dir}. */
    public void chooseConfig(ConfigDirectory directory) {
        config = directory;
    }

    public ConfigDirectory config() {
        return config;
    }

    public Map<String, String> environment() {
        return environment;
    }

    /** The server, if any was ever named. */
    public Optional<URI> server() throws IOException, CommandException {
        var named = urlOption.or(() -> first(URL));
        return named.isPresent() ? Optional.of(ServerUrl.parse(named.get())) : config.server();
    }

    /** The token for that server, if there is one. */
    public Optional<SessionToken> token(URI server) throws IOException, CommandException {
        var given = environmentToken();
        if (given.isPresent()) {
            return given;
        }
        return config.server().filter(server::equals).isPresent() ? config.session() : Optional.empty();
    }

    /** The token of the environment, which is never stored. */
    public Optional<SessionToken> environmentToken() throws CommandException {
        try {
            return first(TOKEN).map(SessionToken::new);
        } catch (IllegalArgumentException broken) {
            throw CommandException.usage("The variable CLOISTER_SESSION_TOKEN does not hold a session token.");
        }
    }

    /** Takes the token out of the environment of a program that is about to be started. */
    public static void removeToken(Map<String, String> childEnvironment) {
        for (var name : TOKEN) {
            childEnvironment.remove(name);
        }
    }

    private Optional<String> first(String... names) {
        for (var name : names) {
            var value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
