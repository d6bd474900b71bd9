package dev.cloister.agent.workplace;

import java.nio.file.Files;
import java.nio.file.Path;

/** The one user of a workspace. */
public record UserAccount(String name, Path home, Path shell) {
    private static final Path LAST_RESORT = Path.of("/bin/sh");

    public UserAccount {
        if (name.isEmpty() || !home.isAbsolute() || !shell.isAbsolute()) {
            throw new IllegalArgumentException("a user has a name, a home and a shell, both with absolute paths");
        }
    }

    /** Reads the three texts; a shell that is missing or not there is replaced by {@code /bin/sh}. */
    public static UserAccount of(String name, String home, String shell) {
        var program = Path.of(shell.isEmpty() ? "/bin/sh" : shell);
        return new UserAccount(name, Path.of(home), Files.isExecutable(program) ? program : LAST_RESORT);
    }
}
