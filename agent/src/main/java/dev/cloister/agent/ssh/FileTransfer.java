package dev.cloister.agent.ssh;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a command is one of the usual file transfers, for tickets that do not allow them. It stops the tools, not a
 * determined user: who has a shell can move bytes through it.
 */
final class FileTransfer {
    private static final Pattern WORD = Pattern.compile("[\\s;&|()<>]+");
    private static final Set<String> PROGRAMS = Set.of("scp", "rsync", "sftp-server", "sftp", "nc", "ncat");

    private FileTransfer() {}

    static boolean isOne(String command) {
        return WORD.splitAsStream(command)
                .map(word -> word.substring(word.lastIndexOf('/') + 1))
                .anyMatch(PROGRAMS::contains);
    }
}
