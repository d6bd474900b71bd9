package dev.cloister.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The machine of one person: a home directory with the command line and OpenSSH of this host. */
final class Desk {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    final Path home;

    /** @param home an empty directory */
    Desk(Path home) throws IOException {
        this.home = Files.createDirectories(home);
    }

    private ProcessBuilder program(List<String> command) {
        var builder = new ProcessBuilder(command).directory(home.toFile());
        var environment = builder.environment();
        environment
                .keySet()
                .removeIf(name -> name.startsWith("CLOISTER_")
                        || name.startsWith("CODER_")
                        || name.startsWith("XDG_")
                        || name.startsWith("SSH_"));
        environment.put("HOME", home.toString());
        return builder;
    }

    /** Runs {@code ./cloister} with these arguments. */
    Ran cloister(String... arguments) throws IOException {
        return cloisterReading("", arguments);
    }

    /** Runs {@code ./cloister} with something on its standard input. */
    Ran cloisterReading(String input, String... arguments) throws IOException {
        return Running.start(program(words(CloisterServer.LAUNCHER.toString(), arguments)), input)
                .await(LIMIT);
    }

    /** Starts {@code ./cloister} and leaves it running. */
    Running startCloister(String... arguments) throws IOException {
        return Running.start(program(words(CloisterServer.LAUNCHER.toString(), arguments)), "");
    }

    /** Signs in with a token. */
    void logIn(CloisterServer server, String token) throws IOException {
        cloisterReading(token + "\n", "login", server.url.toString(), "--token-stdin")
                .succeeded();
    }

    /** Where {@code config-ssh} writes. OpenSSH finds the home in the password file, not in HOME, hence the option. */
    Path sshConfig() {
        return home.resolve(".ssh/config");
    }

    /** Runs a program of OpenSSH, with this person's configuration. */
    Ran ssh(String program, String... arguments) throws IOException {
        return startSsh(program, arguments).await(LIMIT);
    }

    Running startSsh(String program, String... arguments) throws IOException {
        return Running.start(program(sshWords(program, arguments)), "");
    }

    private List<String> sshWords(String program, String... arguments) {
        return Stream.concat(
                        Stream.of(program, "-F", sshConfig().toString(), "-o", "BatchMode=yes"),
                        Arrays.stream(arguments))
                .toList();
    }

    /** Runs any other program of this host. */
    Ran run(String... command) throws IOException {
        return Running.start(program(List.of(command)), "").await(LIMIT);
    }

    private static List<String> words(String first, String... rest) {
        var words = new ArrayList<>(List.of(first));
        words.addAll(Arrays.asList(rest));
        return words;
    }
}
