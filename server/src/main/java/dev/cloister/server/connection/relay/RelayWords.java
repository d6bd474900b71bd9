package dev.cloister.server.connection.relay;

import dev.cloister.contract.agent.OpenStream;
import dev.cloister.tunnel.mux.MuxSettings;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/** What two server processes say to each other at the beginning of a stream, before it carries an agent's bytes. */
final class RelayWords {
    /** Asks the called process for its proof; the first stream of every link. */
    static final int PROVE = 1;
    /** Asks for a stream to an agent. */
    static final int OPEN = 2;

    /** The stream is now the agent's. */
    static final int OPENED = 1;
    /** The agent is not connected to the process that was asked. */
    static final int ABSENT = 2;
    /** The agent does not answer or refuses; the reason follows. */
    static final int FAILED = 3;

    /** Enough for a terminal's command of the longest kind, in characters of the longest kind. */
    static final int LONGEST_REQUEST = 64 * 1024;

    static final MuxSettings LINK = MuxSettings.defaults()
            .withKeepAlive(Duration.ofSeconds(15), Duration.ofSeconds(15))
            .withStreams(256, 4096);

    private RelayWords() {}

    static void ask(DataOutputStream out, UUID agent, OpenStream request) throws IOException {
        byte[] bytes = request.toByteArray();
        out.writeByte(OPEN);
        out.writeLong(agent.getMostSignificantBits());
        out.writeLong(agent.getLeastSignificantBits());
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    static UUID agent(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    static OpenStream request(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST_REQUEST) {
            throw new IOException("a request of " + length + " bytes");
        }
        return OpenStream.parseFrom(in.readNBytes(length));
    }
}
