package dev.cloister.cli.session;

import dev.cloister.cli.terminal.NobodyToAskException;
import dev.cloister.cli.terminal.Terminal;
import dev.cloister.contract.client.ApiClient;
import dev.cloister.contract.client.SessionToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** What every command works with: the terminal, the settings and, from them, the server. */
public final class CliContext {
    private final Terminal terminal;
    private final Settings settings;
    private final Path workingDirectory;

    public CliContext(Terminal terminal, Map<String, String> environment, Path workingDirectory) {
        this.terminal = terminal;
        this.settings = new Settings(environment);
        this.workingDirectory = workingDirectory;
    }

    public Terminal terminal() {
        return terminal;
    }

    public Settings settings() {
        return settings;
    }

    /** Takes a path of the command line as the person meant it. */
    public Path path(String typed) {
        return workingDirectory.resolve(typed).normalize();
    }

    public Path home() {
        return Path.of(settings.environment().getOrDefault("HOME", System.getProperty("user.home")));
    }

    public URI server() throws IOException, CommandException {
        return settings.server()
                .orElseThrow(() -> CommandException.usage(
                        "Which server? Run `cloister login https://...` first, or give --url or CLOISTER_URL."));
    }

    /** The server as the person who is logged in. */
    public ApiClient client() throws IOException, CommandException {
        var server = server();
        var token = settings.token(server);
        if (token.isEmpty()) {
            throw CommandException.failure(
                    "You are not logged in to " + server + ". Run `cloister login " + server + "`.");
        }
        return connect(server, token);
    }

    /** A server as the holder of a token, or as nobody. */
    public ApiClient connect(URI server, Optional<SessionToken> token) throws IOException, CommandException {
        var tls = tls(server);
        return new ApiClient(server, token, tls, new Messages(tls));
    }

    /** Whom to trust when that server is reached by TLS. */
    public Supplier<SSLContext> tls(URI server) throws IOException, CommandException {
        var authorities = settings.environment().getOrDefault("CLOISTER_CA_FILE", "");
        try {
            if (!server.getScheme().equals("https")) {
                return CertificateAuthorities::none;
            }
            var trusted = authorities.isEmpty()
                    ? SSLContext.getDefault()
                    : CertificateAuthorities.trusting(path(authorities));
            return () -> trusted;
        } catch (GeneralSecurityException unusable) {
            throw CommandException.failure(
                    "The certificates that this machine trusts cannot be read: " + unusable.getMessage());
        }
    }

    /** Asks a person before something that scripts need not confirm; without a terminal, goes on. */
    public void askIfAttended(boolean given, String question) throws CommandException {
        if (!given && terminal.interactive()) {
            requireConsent(false, question, "--yes");
        }
    }

    /**
     * Goes on only with consent: by the option that gives it beforehand, or by the person.
     *
     * @param option what to add to the command where nobody can be asked, for example "--yes"
     */
    public void requireConsent(boolean given, String question, String option) throws CommandException {
        try {
            if (!given && !terminal.confirm(question)) {
                throw CommandException.failure("Nothing was changed.");
            }
        } catch (NobodyToAskException nobody) {
            throw CommandException.usage("This needs consent, and there is no terminal to ask on. Add " + option + ".");
        }
    }
}
