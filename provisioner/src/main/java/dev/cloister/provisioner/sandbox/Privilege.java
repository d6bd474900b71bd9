package dev.cloister.provisioner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** As whom the engine runs, which decides how much it can enforce. */
enum Privilege {
    /** Root with the right to mount and to change users: every workspace gets a user of its own. */
    ROOT,
    /** Root in name only, as in an unprivileged container: no safe way to run workspaces. */
    ROOT_WITHOUT_CAPABILITIES,
    /** Anybody else: workspaces run as this same user, inside user namespaces. */
    USER;

    private static final long CAP_CHOWN = 1;
    private static final long CAP_SETGID = 1 << 6;
    private static final long CAP_SETUID = 1 << 7;
    private static final long CAP_SYS_ADMIN = 1 << 21;
    private static final long NEEDED = CAP_CHOWN | CAP_SETGID | CAP_SETUID | CAP_SYS_ADMIN;

    static Privilege current() {
        try {
            var uid = "";
            var capabilities = 0L;
            for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
                var fields = line.split("\\s+", -1);
                if (fields[0].equals("Uid:")) {
                    uid = fields[2];
                } else if (fields[0].equals("CapEff:")) {
                    capabilities = Long.parseUnsignedLong(fields[1], 16);
                }
            }
            if (!uid.equals("0")) {
                return USER;
            }
            return (capabilities & NEEDED) == NEEDED ? ROOT : ROOT_WITHOUT_CAPABILITIES;
        } catch (IOException e) {
            throw new IllegalStateException("/proc is not mounted", e);
        }
    }
}
