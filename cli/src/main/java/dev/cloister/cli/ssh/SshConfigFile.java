package dev.cloister.cli.ssh;

import dev.cloister.cli.session.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A person's SSH configuration, of which one section between two marks is ours. The section stands at the top, because
 * ssh takes the first value it finds; everything else is kept byte for byte.
 */
final class SshConfigFile {
    static final String BEGIN = "# ------------ BEGIN CLOISTER (written by `cloister config-ssh`) ------------";
    static final String END = "# ------------ END CLOISTER ------------";
    private static final long MAX_SIZE = 1 << 20;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final String text;

    private SshConfigFile(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    static SshConfigFile read(Path file) throws IOException, CommandException {
        var real = Files.exists(file) ? file.toRealPath() : file; // a link into a collection of dotfiles stays a link
        try {
            if (Files.size(real) > MAX_SIZE) {
                throw CommandException.failure(file + " is too large to be an SSH configuration.");
            }
            return new SshConfigFile(real, Files.readString(real));
        } catch (NoSuchFileException none) {
            return new SshConfigFile(real, "");
        }
    }

    /** The lines of our section, without the marks; empty when there is none. */
    List<String> section() throws CommandException {
        var lines = new ArrayList<String>();
        boolean inside = false;
        for (var line : text.lines().toList()) {
            if (line.equals(END)) {
                inside = false;
            } else if (inside) {
                lines.add(line);
            } else if (line.equals(BEGIN)) {
                inside = true;
            }
        }
        if (inside) {
            throw CommandException.failure(
                    "In " + file + " the line \"" + END + "\" is missing. Put it back, or remove the section by hand.");
        }
        return lines;
    }

    /** The configuration with this section in place of the old one; with no section at all for an empty list. */
    SshConfigFile with(List<String> section) throws CommandException {
        var others = new StringBuilder();
        boolean inside = false;
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int next = end < 0 ? text.length() : end + 1;
            var line = text.substring(from, end < 0 ? next : end);
            if (line.equals(BEGIN)) {
                inside = true;
            } else if (line.equals(END) && inside) {
                inside = false;
            } else if (!inside) {
                others.append(text, from, next);
            }
            from = next;
        }
        if (section.isEmpty()) {
            return new SshConfigFile(file, others.toString());
        }
        var own = BEGIN + "\n" + String.join("\n", section) + "\n" + END + "\n";
        return new SshConfigFile(file, own + others);
    }

    boolean sameAs(SshConfigFile other) {
        return text.equals(other.text);
    }

    Path path() {
        return file;
    }

    /** Replaces the file at once, keeping its mode; ssh demands that nobody else can write to it. */
    void write() throws IOException {
        var directory = file.toAbsolutePath().getParent();
        if (!Files.exists(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        var written = Files.createTempFile(directory, ".config", "", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            Files.writeString(written, text);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.setPosixFilePermissions(written, Files.getPosixFilePermissions(file));
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
