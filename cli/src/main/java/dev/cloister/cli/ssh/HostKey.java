package dev.cloister.cli.ssh;

import dev.cloister.cli.session.CommandException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/** A host key in the two words that known_hosts and authorized_keys share, checked to be that and nothing else. */
record HostKey(String type, String base64) {
    private static final int MAX_LENGTH = 8192;
    private static final Set<String> TYPES =
            Set.of("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-ed25519", "ssh-rsa");

    /** Reads what the server sent; a line break in it could add an entry for any host. */
    static HostKey parse(String line) throws CommandException {
        var words = line.strip().split(" ", -1);
        if (line.length() <= MAX_LENGTH && words.length >= 2 && TYPES.contains(words[0]) && names(words[1], words[0])) {
            return new HostKey(words[0], words[1]);
        }
        throw CommandException.failure("The server sent something that is no SSH host key. Not connecting.");
    }

    /** Whether the key itself says that it is of this type, as RFC 4253 section 6.6 lays it out. */
    private static boolean names(String base64, String type) {
        try {
            var key = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            if (key.remaining() < Integer.BYTES) {
                return false;
            }
            int length = key.getInt();
            if (length < 0 || length > key.remaining()) {
                return false;
            }
            var name = new byte[length];
            key.get(name);
            return new String(name, StandardCharsets.US_ASCII).equals(type);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
