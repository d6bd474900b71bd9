package dev.cloister.server.platform.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user this process runs as, told by the owner of its entry in /proc: a name need not exist for it. */
final class CurrentUser {
    private static final Path SELF = Path.of("/proc/self");

    private CurrentUser() {}

    static int uid() {
        return attribute("unix:uid");
    }

    static int gid() {
        return attribute("unix:gid");
    }

    static boolean isRoot() {
        return uid() == 0;
    }

    /** For messages: the name, or the number where there is none. */
    static String name() {
        try {
            return Files.getOwner(SELF).getName();
        } catch (IOException e) {
            return Integer.toString(uid());
        }
    }

    private static int attribute(String name) {
        try {
            return (Integer) Files.getAttribute(SELF, name);
        } catch (IOException e) {
            throw new UncheckedIOException("Linux's /proc is not mounted", e);
        }
    }
}
