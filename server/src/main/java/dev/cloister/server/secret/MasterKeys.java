package dev.cloister.server.secret;

import dev.cloister.contract.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The keys of this deployment: the first encrypts, all of them decrypt, so that a key can be replaced by a newer one. */
public final class MasterKeys {
    private static final long LARGEST = 16 * 1024;

    private final List<MasterKey> keys;

    private MasterKeys(List<MasterKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads a file of keys, one Base64 text a line; makes it with a new key, for the owner alone to read, where it is not
     * there.
     */
    public static MasterKeys in(Path file) throws IOException {
        if (!Files.exists(file)) {
            make(file);
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException("The file of master keys " + file + " is too large for what it should hold.");
        }
        var permissions = Files.getPosixFilePermissions(file);
        if (permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
            throw new IOException("The file of master keys is open to other users of this machine: chmod 600 " + file);
        }
        return parse(Files.readString(file), file.toString());
    }

    /** Reads keys from a setting, one a line or separated by commas. */
    public static MasterKeys of(Secret text) throws IOException {
        return parse(text.reveal(), "master-key");
    }

    /** One key that nobody keeps: for tests and for training. */
    public static MasterKeys random() {
        return new MasterKeys(List.of(MasterKey.parse(MasterKey.generate())));
    }

    private static MasterKeys parse(String text, String where) throws IOException {
        try {
            var keys = Arrays.stream(text.split("[\\n,]"))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(MasterKey::parse)
                    .toList();
            if (!keys.isEmpty()) {
                return new MasterKeys(keys);
            }
        } catch (IllegalArgumentException e) {
            // told below, without the text
        }
        throw new IOException(where + " must hold at least one master key: 32 random bytes in Base64, such as"
                + " \"openssl rand -base64 32\" prints, one a line.");
    }

    /** Written beside and moved into place: a half written file would lose a key that was used already. */
    private static void make(Path file) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path directory = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(directory, ".master-key", "", ownerOnly);
        try {
            Files.writeString(fresh, MasterKey.generate() + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    MasterKey first() {
        return keys.getFirst();
    }

    Optional<MasterKey> called(byte[] id) {
        return keys.stream().filter(key -> key.isCalled(id)).findFirst();
    }
}
