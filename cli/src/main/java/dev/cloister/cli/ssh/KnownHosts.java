package dev.cloister.cli.ssh;

import dev.cloister.cli.session.ConfigDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Our own known_hosts file, which says what the server says: the key of an agent is written before the first byte of its
 * connection is relayed, so that ssh, told to accept nothing else, neither asks nor trusts blindly.
 */
final class KnownHosts {
    static final String FILE = "known_hosts";
    private static final int MAX_LINES = 5000;

    private final ConfigDirectory config;

    KnownHosts(ConfigDirectory config) {
        this.config = config;
    }

    Path file() {
        return config.path().resolve(FILE);
    }

    /** Makes this the key of the host, in place of what was known before. */
    void put(String host, HostKey key) throws IOException {
        var entry = host + " " + key.type() + " " + key.base64();
        if (lines().contains(entry)) {
            return; // by far the usual case, and one without writing
        }
        if (!Files.exists(config.path())) {
            config.write(FILE, "");
        }
        var lock = config.path().resolve("known_hosts.lock");
        synchronized (KnownHosts.class) { // a lock on a file counts for the whole process
            try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                replace(host, entry);
            }
        }
    }

    private void replace(String host, String entry) throws IOException {
        var kept = new ArrayList<String>();
        for (var line : lines()) {
            if (!line.startsWith(host + " ")) {
                kept.add(line);
            }
        }
        kept.add(entry);
        var newest = kept.subList(Math.max(0, kept.size() - MAX_LINES), kept.size());
        config.write(FILE, String.join("\n", newest) + "\n");
    }

    private List<String> lines() throws IOException {
        try (var lines = Files.lines(file())) {
            return lines.limit(2L * MAX_LINES).toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }
}
