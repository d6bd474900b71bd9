package dev.cloister.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a running PostgreSQL says about itself in {@code postmaster.pid}: process id in the first line, port in the
 * fourth, state in the eighth.
 *
 * @param state {@code starting}, {@code ready}, {@code stopping}, or empty while the file is being written
 */
record PostmasterFile(long pid, int port, String state) {
    boolean ready() {
        return state.equals("ready");
    }

    /** Null if there is no such file, or nothing in it that could be a process id. */
    static @Nullable PostmasterFile read(Path file) {
        try {
            var lines = Files.readAllLines(file);
            if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,10}")) {
                return null;
            }
            var port = lines.size() > 3 && lines.get(3).strip().matches("\\d{1,5}")
                    ? Integer.parseInt(lines.get(3).strip())
                    : 0;
            var state = lines.size() > 7 ? lines.get(7).strip() : "";
            return new PostmasterFile(Long.parseLong(lines.getFirst().strip()), port, state);
        } catch (IOException missingOrBeingReplaced) {
            return null;
        }
    }
}
