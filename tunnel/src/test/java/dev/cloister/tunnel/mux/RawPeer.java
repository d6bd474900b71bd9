package dev.cloister.tunnel.mux;

import dev.cloister.tunnel.LoopbackTransport;
import dev.cloister.tunnel.Transport;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The other end of a session, speaking in bytes. */
public final class RawPeer implements AutoCloseable {
    private final Transport transport;
    private ByteBuffer rest = ByteBuffer.allocate(0);

    public RawPeer(Transport transport) {
        this.transport = transport;
    }

    public record WithSession(MuxSession session, RawPeer peer) implements AutoCloseable {
        @Override
        public void close() {
            session.close();
            peer.close();
        }
    }

    public static WithSession client(MuxSettings settings) {
        var pair = LoopbackTransport.pair();
        return new WithSession(MuxSession.client(pair.left(), settings), new RawPeer(pair.right()));
    }

    public static WithSession server(MuxSettings settings) {
        var pair = LoopbackTransport.pair();
        return new WithSession(MuxSession.server(pair.left(), settings), new RawPeer(pair.right()));
    }

    /** Sends bytes written in hexadecimal; spaces are ignored. */
    public void send(String hex) throws IOException {
        transport.write(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replaceAll("\\s", ""))));
    }

    public void send(byte[] bytes) throws IOException {
        transport.write(ByteBuffer.wrap(bytes));
    }

    public void sendFrame(int type, int flags, int stream, int length) throws IOException {
        var header = ByteBuffer.allocate(Header.SIZE);
        Header.put(header, type, flags, stream, length);
        transport.write(header.flip());
    }

    public void sendData(int flags, int stream, byte[] payload) throws IOException {
        var frame = ByteBuffer.allocate(Header.SIZE + payload.length);
        Header.put(frame, Header.DATA, flags, stream, payload.length);
        transport.write(frame.put(payload).flip());
    }

    /** The next bytes in hexadecimal. */
    public String receive(int count) throws IOException {
        return HexFormat.of().formatHex(bytes(count));
    }

    public byte[] bytes(int count) throws IOException {
        var bytes = new byte[count];
        int position = 0;
        while (position < count) {
            if (!rest.hasRemaining()) {
                var next = transport.read();
                if (next == null) {
                    throw new EOFException("The session has ended the connection.");
                }
                rest = next;
            }
            int part = Math.min(rest.remaining(), count - position);
            rest.get(bytes, position, part);
            position += part;
        }
        return bytes;
    }

    Header receiveHeader() throws IOException, ProtocolViolation {
        return Header.parse(ByteBuffer.wrap(bytes(Header.SIZE)));
    }

    /** Reads whatever comes and drops it, until the end. */
    public void drain() {
        try {
            while (transport.read() != null) {
                rest = ByteBuffer.allocate(0);
            }
        } catch (IOException e) {
            // ended
        }
    }

    public void endOfConnection() {
        transport.close();
    }

    @Override
    public void close() {
        transport.close();
    }
}
