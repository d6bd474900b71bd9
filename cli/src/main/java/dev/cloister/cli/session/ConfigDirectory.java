package dev.cloister.cli.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.client.SessionToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is remembered between commands: the server's URL and the session's token, readable by their owner only. */
public final class ConfigDirectory {
    private static final int MAX_FILE = 4096;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path directory;

    public ConfigDirectory(Path directory) {
        this.directory = directory;
    }

    /** The directory by the rules of the XDG base directory specification, unless the environment names another. */
    public static ConfigDirectory of(Map<String, String> environment) {
        var own = environment.getOrDefault(Settings.CONFIG_DIRECTORY, "");
        if (!own.isEmpty()) {
            return new ConfigDirectory(Path.of(own).toAbsolutePath());
        }
        var xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        // the specification has relative paths ignored
        var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        var base = xdg.startsWith("/") ? Path.of(xdg) : Path.of(home, ".config");
        return new ConfigDirectory(base.resolve("cloister"));
    }

    public Path path() {
        return directory;
    }

    /** The server that the last login was for. */
    public Optional<URI> server() throws IOException, CommandException {
        var text = read("url");
        return text.isEmpty() ? Optional.empty() : Optional.of(ServerUrl.parse(text.get()));
    }

    /** The token of that login. */
    public Optional<SessionToken> session() throws IOException, CommandException {
        var file = directory.resolve("session");
        if (Files.exists(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw CommandException.failure("Others can read your session in " + file + ". Run `chmod 600 " + file
                    + "`, and `cloister login` again if others use this machine.");
        }
        try {
            return read("session").map(SessionToken::new);
        } catch (IllegalArgumentException broken) {
            throw CommandException.failure("The file " + file + " holds no session. Run `cloister login` again.");
        }
    }

    public void save(URI server, SessionToken token) throws IOException {
        write("session", token.reveal() + "\n");
        write("url", server + "\n");
    }

    public void forgetSession() throws IOException {
        Files.deleteIfExists(directory.resolve("session"));
    }

    /** Replaces a file of this directory at once, so that no reader sees half of it. */
    public void write(String name, String content) throws IOException {
        new PrivateDirectory(directory).write(name, content);
    }

    private Optional<String> read(String name) throws IOException {
        try (var in = Files.newInputStream(directory.resolve(name))) {
            var text = new String(in.readNBytes(MAX_FILE), UTF_8).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }
}
