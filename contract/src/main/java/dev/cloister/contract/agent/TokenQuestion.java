package dev.cloister.contract.agent;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * What a program in a workspace asks its agent, on the socket that {@link #SOCKET} names: the token of a provider.
 *
 * @param subject the address of a repository, or the id of a provider
 * @param patient whether a link that is not there yet is waited for a moment
 */
public record TokenQuestion(Kind kind, String subject, boolean patient) {
    /** The variable with the path of the socket. */
    public static final String SOCKET = "CLOISTER_AGENT_SOCKET";

    /** What the subject is. */
    public enum Kind {
        ADDRESS,
        PROVIDER
    }

    /** Asks once and waits for the answer. */
    public TokenAnswer ask(Path socket) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            write(Channels.newOutputStream(channel));
            return TokenAnswer.read(Channels.newInputStream(channel));
        }
    }

    public static TokenQuestion read(InputStream from) throws IOException {
        var input = new DataInputStream(from);
        return new TokenQuestion(
                input.readBoolean() ? Kind.ADDRESS : Kind.PROVIDER, input.readUTF(), input.readBoolean());
    }

    public void write(OutputStream to) throws IOException {
        var output = new DataOutputStream(to);
        output.writeBoolean(kind == Kind.ADDRESS);
        output.writeUTF(subject);
        output.writeBoolean(patient);
        output.flush();
    }
}
