package dev.cloister.server.connection.relay;

import dev.cloister.server.connection.agent.AgentSessions;
import dev.cloister.server.platform.Failure;
import dev.cloister.tunnel.Link;
import dev.cloister.tunnel.mux.MuxSession;
import dev.cloister.tunnel.mux.MuxStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another server process that has called this one. It has decided who may be connected to what, counts and records the
 * connections and cuts them; the agent checks the ticket as it does for this process. A stream is never passed on to a
 * third process.
 */
final class RelayedCaller {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(RelayedCaller.class);

    private final MuxSession link;
    private final AgentSessions sessions;
    private final byte[] answer;

    RelayedCaller(Link connection, AgentSessions sessions, byte[] answer) {
        this.link = MuxSession.server(connection, RelayWords.LINK);
        this.sessions = sessions;
        this.answer = answer;
    }

    /** Until the link ends. */
    void serve() {
        try {
            while (true) {
                var stream = link.accept();
                Thread.ofVirtual().name("relayed-stream").start(() -> serve(stream));
            }
        } catch (IOException e) {
            LOG.debug("the link of another server has ended", e);
        } finally {
            link.close();
        }
    }

    private void serve(MuxStream stream) {
        try {
            stream.readTimeout(PATIENCE);
            var in = new DataInputStream(stream.input());
            int word = in.readUnsignedByte();
            if (word == RelayWords.PROVE) {
                stream.output().write(answer);
                stream.output().flush();
                stream.close();
            } else if (word == RelayWords.OPEN) {
                open(stream, in);
            } else {
                throw new IOException("the word " + word);
            }
        } catch (IOException e) {
            LOG.debug("a stream of another server has failed", e);
            stream.reset();
        }
    }

    private void open(MuxStream stream, DataInputStream in) throws IOException {
        var agent = RelayWords.agent(in);
        var request = RelayWords.request(in);
        var out = new DataOutputStream(new BufferedOutputStream(stream.output()));
        Optional<MuxStream> opened;
        try {
            opened = sessions.openHere(agent, request);
        } catch (Failure e) {
            out.writeByte(RelayWords.FAILED);
            out.writeUTF(String.valueOf(e.getMessage()));
            out.flush();
            stream.close();
            return;
        }
        if (opened.isEmpty()) {
            out.writeByte(RelayWords.ABSENT);
            out.flush();
            stream.close();
            return;
        }
        try {
            out.writeByte(RelayWords.OPENED);
            out.flush();
            stream.readTimeout(Duration.ZERO);
        } catch (IOException e) {
            opened.get().reset();
            throw e;
        }
        Splice.join(stream, opened.get());
    }

    void close() {
        link.close();
    }
}
