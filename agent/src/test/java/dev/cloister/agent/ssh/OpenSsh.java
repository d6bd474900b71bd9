package dev.cloister.agent.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs Debian's OpenSSH programs against a port, without the tester's own configuration. */
final class OpenSsh {
    private final Path directory;
    private final Path configuration;

    OpenSsh(Path directory, int port) {
        this.directory = directory;
        this.configuration = write(directory, port);
    }

    record Result(int status, String output, String error) {}

    /** {@code ssh} with these arguments after the usual ones; the host is {@code ws}. */
    Result ssh(String... arguments) throws Exception {
        return run(Map.of(), "", command("ssh", arguments));
    }

    Result sshWithInput(String input, String... arguments) throws Exception {
        return run(Map.of(), input, command("ssh", arguments));
    }

    Result sshIn(Map<String, String> environment, String... arguments) throws Exception {
        return run(environment, "", command("ssh", arguments));
    }

    List<String> command(String program, String... arguments) {
        var command = new ArrayList<>(List.of(program, "-F", configuration.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    Path configuration() {
        return configuration;
    }

    private static Path write(Path directory, int port) {
        try {
            var file = Files.createTempFile(directory, "ssh_config", "");
            Files.writeString(file, """
                    Host ws
                      HostName 127.0.0.1
                      Port %d
                      User anybody
                      StrictHostKeyChecking no
                      UserKnownHostsFile /dev/null
                      IdentityAgent SSH_AUTH_SOCK
                      LogLevel ERROR
                    """.formatted(port));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Result run(Map<String, String> environment, String input, List<String> command) throws Exception {
        var output = Files.createTempFile(directory, "out", "");
        var error = Files.createTempFile(directory, "err", "");
        var builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(error.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try (var sink = process.getOutputStream()) {
            sink.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // It ended without reading everything.
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(
                    command + " did not end; output: " + Files.readString(output) + Files.readString(error));
        }
        return new Result(process.exitValue(), Files.readString(output), Files.readString(error));
    }
}
