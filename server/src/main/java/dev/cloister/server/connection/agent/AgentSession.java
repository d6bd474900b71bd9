package dev.cloister.server.connection.agent;

import dev.cloister.contract.agent.OpenStream;
import dev.cloister.contract.agent.StreamReply;
import dev.cloister.server.platform.Failure;
import dev.cloister.tunnel.mux.MuxSession;
import dev.cloister.tunnel.mux.MuxStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of an agent. */
final class AgentSession {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MAX_REPLY = 16 * 1024;
    private static final int MAX_REFUSAL = 200;
    private static final Logger LOG = LoggerFactory.getLogger(AgentSession.class);

    private final AgentGrant grant;
    private final MuxSession mux;
    private volatile boolean announced;

    AgentSession(AgentGrant grant, MuxSession mux) {
        this.grant = grant;
        this.mux = mux;
    }

    AgentGrant grant() {
        return grant;
    }

    /** The database knows of this connection. */
    void announced() {
        announced = true;
    }

    boolean isAnnounced() {
        return announced;
    }

    /**
     * Opens a stream into the workspace.
     *
     * @throws Failure.Unavailable where the agent does not answer or refuses
     */
    MuxStream open(OpenStream request) {
        MuxStream stream = null;
        try {
            stream = mux.open();
            StreamReply reply = ask(stream, request);
            if (reply.getOk()) {
                return stream;
            }
            stream.close();
            throw Failure.Unavailable.badGateway("The workspace's agent refused: " + readable(reply.getRefusal()));
        } catch (IOException e) {
            if (stream != null) {
                stream.reset();
            }
            LOG.debug("agent {} did not open a stream", grant.agent(), e);
            throw Failure.Unavailable.badGateway("The workspace's agent did not answer.");
        }
    }

    private static StreamReply ask(MuxStream stream, OpenStream request) throws IOException {
        var message = new ByteArrayOutputStream();
        request.writeDelimitedTo(message);
        stream.output().write(message.toByteArray());
        stream.output().flush();
        stream.readTimeout(ANSWER);
        StreamReply reply = StreamReply.parseFrom(delimited(stream.input()));
        stream.readTimeout(Duration.ZERO);
        return reply;
    }

    /** The bytes of one length-delimited message; the agent is not trusted with their number. */
    private static byte[] delimited(InputStream in) throws IOException {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.read();
            if (next < 0 || shift > 14) {
                throw new IOException("the answer is no message");
            }
            length |= (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                break;
            }
        }
        byte[] bytes = length > MAX_REPLY ? new byte[0] : in.readNBytes(length);
        if (bytes.length != length) {
            throw new IOException("the answer is too long or incomplete");
        }
        return bytes;
    }

    private static String readable(String refusal) {
        var text = new StringBuilder();
        refusal.codePoints()
                .limit(MAX_REFUSAL)
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .forEach(text::appendCodePoint);
        return text.isEmpty() ? "no reason given" : text.toString();
    }

    void close() {
        mux.close();
    }

    /** Waits until the connection has ended. */
    void serve(AgentCalls calls) {
        try {
            calls.server(grant).serveAll(mux);
        } catch (UncheckedIOException e) {
            LOG.debug("the connection of agent {} failed", grant.agent(), e);
        } finally {
            mux.close();
        }
    }
}
