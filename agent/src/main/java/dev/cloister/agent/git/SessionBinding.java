package dev.cloister.agent.git;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an SSH client has proved of the session that it signs for: the server's key, which has signed the id of the
 * session (PROTOCOL.agent of OpenSSH, {@code session-bind@openssh.com}).
 */
final class SessionBinding {
    private static final Logger LOG = LoggerFactory.getLogger(SessionBinding.class);
    private static final byte[] NOTHING = {};

    private byte[] hostKey = NOTHING;
    private byte[] session = NOTHING;
    private boolean forwarded;
    private boolean bound;

    /** Whether somebody behind the host of this session may be asking. */
    boolean isForwarded() {
        return forwarded;
    }

    /** Takes one binding; a second one means that the connection was passed on. */
    boolean bind(Buffer request) {
        byte[] key = request.getBytes();
        byte[] id = request.getBytes();
        byte[] signature = request.getBytes();
        boolean forwarding = request.getBoolean();
        // Whatever the proof is worth: nothing may ever be signed again for one who says that it passes the wish on.
        forwarded |= forwarding || bound;
        bound = true;
        if (!proves(key, id, signature)) {
            return false;
        }
        hostKey = key;
        session = id;
        return true;
    }

    /** The proved key of the host that {@code data} is a login at; empty where that is not known. */
    byte[] hostKeyOf(byte[] data) {
        int from = Integer.BYTES;
        boolean same = session.length > 0
                && data.length >= from + session.length
                && ByteBuffer.wrap(data).getInt() == session.length
                && Arrays.equals(data, from, from + session.length, session, 0, session.length);
        return same ? hostKey : NOTHING;
    }

    private static boolean proves(byte[] key, byte[] id, byte[] signature) {
        try {
            var host = new ByteArrayBuffer(key).getRawPublicKey();
            String algorithm = new ByteArrayBuffer(signature).getString();
            var factory = BuiltinSignatures.fromFactoryName(algorithm);
            if (factory == null || !factory.isSupported()) {
                return false;
            }
            var verifier = factory.create();
            verifier.initVerifier(null, host);
            verifier.update(null, id);
            return verifier.verify(null, signature);
        } catch (SshException e) {
            LOG.debug("a host key that cannot be read: {}", e.toString());
            return false;
        } catch (Exception e) {
            LOG.debug("a binding that cannot be verified: {}", e.toString());
            return false;
        }
    }
}
