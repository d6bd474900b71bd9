package dev.cloister.cli.ssh;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConfigDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where a program that ssh starts finds the session. A session of a login is in its place already; one from the
 * environment, which no child inherits, is put into a directory of its own for as long as ssh runs.
 */
final class SessionHandover implements AutoCloseable {
    private final ConfigDirectory config;
    private final Optional<Path> temporary;

    private SessionHandover(ConfigDirectory config, Optional<Path> temporary) {
        this.config = config;
        this.temporary = temporary;
    }

    static SessionHandover of(CliContext context, URI server) throws IOException, CommandException {
        var token = context.settings().environmentToken();
        if (token.isEmpty()) {
            return new SessionHandover(context.settings().config(), Optional.empty());
        }
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var directory = Files.createTempDirectory("cloister-", mode);
        var handover = new SessionHandover(new ConfigDirectory(directory), Optional.of(directory));
        Runtime.getRuntime().addShutdownHook(new Thread(handover::close));
        handover.config.save(server, token.get());
        return handover;
    }

    ConfigDirectory config() {
        return config;
    }

    @Override
    public void close() {
        temporary.ifPresent(directory -> {
            try (var files = Files.list(directory)) {
                for (var file : files.toList()) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(directory);
            } catch (IOException gone) {
                // closed before
            }
        });
    }
}
