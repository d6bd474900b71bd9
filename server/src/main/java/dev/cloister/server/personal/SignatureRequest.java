package dev.cloister.server.personal;

import dev.cloister.server.platform.Failure;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What an SSH client wants signed, as far as it is something that Git needs: a login (RFC 4252, 7) with this very key,
 * or a signature of a commit (PROTOCOL.sshsig of OpenSSH, namespace {@code git}). Everything else is refused: a key that
 * signs whatever it is given can be used for anything.
 *
 * @param purpose {@code login} or {@code commit}
 * @param user who logs in at the server; empty for a commit
 * @param hostKey the server's key where the login itself names it, else empty
 */
record SignatureRequest(String purpose, String user, byte[] hostKey) {
    private static final int LONGEST_USER = 100;
    private static final byte USERAUTH_REQUEST = 50;
    private static final byte[] COMMIT = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
    private static final String HOST_BOUND = "publickey-hostbound-v00@openssh.com";

    /**
     * @param publicKey as the SSH protocol writes it
     * @throws Failure.Invalid for everything else
     */
    static SignatureRequest parse(byte[] data, byte[] publicKey) {
        try {
            var buffer = ByteBuffer.wrap(data);
            SignatureRequest request =
                    data.length > COMMIT.length && Arrays.equals(data, 0, COMMIT.length, COMMIT, 0, COMMIT.length)
                            ? commit(buffer.position(COMMIT.length))
                            : login(buffer, publicKey);
            if (buffer.hasRemaining()) {
                throw refused();
            }
            return request;
        } catch (BufferUnderflowException e) {
            throw refused();
        }
    }

    private static SignatureRequest commit(ByteBuffer buffer) {
        require(text(buffer).equals("git"));
        string(buffer); // reserved
        string(buffer); // name of the hash
        string(buffer); // the hash
        return new SignatureRequest("commit", "", new byte[0]);
    }

    private static SignatureRequest login(ByteBuffer buffer, byte[] publicKey) {
        string(buffer); // session id
        require(buffer.get() == USERAUTH_REQUEST);
        String user = text(buffer);
        require(text(buffer).equals("ssh-connection"));
        String method = text(buffer);
        require(method.equals("publickey") || method.equals(HOST_BOUND));
        require(buffer.get() != 0);
        require(text(buffer).equals("ssh-ed25519"));
        require(Arrays.equals(string(buffer), publicKey));
        return new SignatureRequest("login", user, method.equals(HOST_BOUND) ? string(buffer) : new byte[0]);
    }

    /** The user as it can be written down. */
    String readableUser() {
        String clean = user.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.substring(0, Math.min(clean.length(), LONGEST_USER));
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw refused();
        }
    }

    private static Failure refused() {
        return new Failure.Invalid("This key signs logins at Git servers and commits, and nothing else.");
    }

    private static String text(ByteBuffer buffer) {
        return new String(string(buffer), StandardCharsets.UTF_8);
    }

    private static byte[] string(ByteBuffer buffer) {
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw refused();
        }
        var bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
