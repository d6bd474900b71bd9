package dev.cloister.agent.git;

import dev.cloister.agent.splice.SocketStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SSH agent (draft-ietf-sshm-ssh-agent) with one key, which it does not have: the server signs, and refuses what is
 * neither a login nor a commit. It adds and removes nothing, and answers nobody behind a forwarded connection, since
 * whoever runs the other host would then sign in as the owner elsewhere.
 */
final class SigningAgent {
    private static final Logger LOG = LoggerFactory.getLogger(SigningAgent.class);

    private static final int LARGEST = 256 * 1024;
    private static final byte FAILURE = 5;
    private static final byte SUCCESS = 6;
    private static final byte REQUEST_IDENTITIES = 11;
    private static final byte IDENTITIES_ANSWER = 12;
    private static final byte SIGN_REQUEST = 13;
    private static final byte SIGN_RESPONSE = 14;
    private static final byte EXTENSION = 27;
    private static final String BIND = "session-bind@openssh.com";
    private static final String COMMENT = "Git key of the workspace's owner";

    private final GitServer server;

    SigningAgent(GitServer server) {
        this.server = server;
    }

    /** Answers one client until it hangs up. */
    void serve(SocketStream stream) throws IOException {
        var input = new DataInputStream(stream.input());
        var output = new DataOutputStream(stream.output());
        var binding = new SessionBinding();
        while (true) {
            byte[] request;
            try {
                request = frame(input);
            } catch (EOFException _) {
                return;
            }
            var reply = answer(new ByteArrayBuffer(request), binding).getCompactData();
            var framed = new ByteArrayBuffer();
            framed.putBytes(reply);
            output.write(framed.getCompactData());
            output.flush();
        }
    }

    private static byte[] frame(DataInputStream input) throws IOException {
        int length = input.readInt();
        if (length < 1 || length > LARGEST) {
            throw new IOException("a message of " + length + " bytes");
        }
        var bytes = new byte[length];
        input.readFully(bytes);
        return bytes;
    }

    private Buffer answer(Buffer request, SessionBinding binding) {
        try {
            return switch (request.getByte()) {
                case REQUEST_IDENTITIES ->
                    binding.isForwarded() ? identities(new byte[0]) : identities(server.publicKey());
                case SIGN_REQUEST -> binding.isForwarded() ? only(FAILURE) : sign(request, binding);
                case EXTENSION -> extend(request, binding);
                default -> only(FAILURE);
            };
        } catch (IOException e) {
            LOG.warn("Git's SSH key cannot be used: {}", e.getMessage());
            return only(FAILURE);
        } catch (BufferException | IllegalArgumentException e) {
            LOG.debug("a message that is none: {}", e.toString());
            return only(FAILURE);
        }
    }

    private static Buffer identities(byte[] key) {
        var reply = only(IDENTITIES_ANSWER);
        reply.putInt(key.length == 0 ? 0 : 1);
        if (key.length > 0) {
            reply.putBytes(key);
            reply.putString(COMMENT);
        }
        return reply;
    }

    private Buffer sign(Buffer request, SessionBinding binding) throws IOException {
        request.getBytes(); // the key: there is one, and the server refuses a login with another
        byte[] data = request.getBytes();
        var reply = only(SIGN_RESPONSE);
        reply.putBytes(server.sign(data, binding.hostKeyOf(data)));
        return reply;
    }

    private static Buffer extend(Buffer request, SessionBinding binding) {
        String name = request.getString(StandardCharsets.UTF_8);
        return only(name.equals(BIND) && binding.bind(request) ? SUCCESS : FAILURE);
    }

    private static Buffer only(byte type) {
        var reply = new ByteArrayBuffer();
        reply.putByte(type);
        return reply;
    }
}
