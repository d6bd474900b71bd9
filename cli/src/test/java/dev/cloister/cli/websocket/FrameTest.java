package dev.cloister.cli.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrameTest {
    private final Random random = new Random(20260102);

    /** A wire that hands out given bytes in pieces of any size, and keeps what is written. */
    private final class Memory implements Wire {
        private final ByteBuffer incoming;
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        Memory(byte[] incoming) {
            this.incoming = ByteBuffer.wrap(incoming);
        }

        @Override
        public ByteBuffer buffer(int capacity) {
            return ByteBuffer.allocate(capacity);
        }

        @Override
        public int read(ByteBuffer target) {
            if (!incoming.hasRemaining()) {
                return -1;
            }
            int size = Math.min(Math.min(1 + random.nextInt(2000), incoming.remaining()), target.remaining());
            target.put(incoming.slice(incoming.position(), size));
            incoming.position(incoming.position() + size);
            return size;
        }

        @Override
        public void write(ByteBuffer source) {
            while (source.hasRemaining()) {
                written.write(source.get());
            }
        }

        @Override
        public void close() {
            // nothing to release
        }

        byte[] readAll() throws IOException {
            var reader = new FrameReader(
                    this,
                    new FrameWriter(this, new SecureRandom()),
                    FrameReader.buffer(this).limit(0));
            var all = new ByteArrayOutputStream();
            for (var part = reader.next(); part != null; part = reader.next()) {
                while (part.hasRemaining()) {
                    all.write(part.get());
                }
            }
            return all.toByteArray();
        }
    }

    private static byte[] frame(int first, byte[] payload) {
        var frame = ByteBuffer.allocate(payload.length + 10).put((byte) first);
        if (payload.length <= 125) {
            frame.put((byte) payload.length);
        } else if (payload.length <= 0xffff) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        frame.put(payload).flip();
        var bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] close(int status, String reason) {
        var text = reason.getBytes(StandardCharsets.UTF_8);
        return frame(
                0x88,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) status)
                        .put(text)
                        .array());
    }

    private byte[] bytes(int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void framesOfEverySizeAndInFragmentsBecomeOneStream() throws Exception {
        var a = bytes(0);
        var b = bytes(125);
        var c = bytes(126);
        var d = bytes(65_535);
        var e = bytes(400_000);
        var wire = new Memory(
                join(frame(0x82, a), frame(0x82, b), frame(0x02, c), frame(0x00, d), frame(0x80, e), close(1000, "")));
        assertThat(wire.readAll()).isEqualTo(join(a, b, c, d, e));
    }

    @Test
    void aPingBetweenFragmentsIsAnswered() throws Exception {
        var wire = new Memory(join(
                frame(0x02, bytes(10)),
                frame(0x89, "hi".getBytes()),
                frame(0x80, bytes(10)),
                frame(0x8a, bytes(0)),
                close(1001, "")));
        assertThat(wire.readAll()).hasSize(20);
        assertThat(unmask(wire.written.toByteArray())).isEqualTo(join(new byte[] {(byte) 0x8a}, "hi".getBytes()));
    }

    @Test
    void whatIsWrittenIsMaskedAndDecodesToTheSameBytes() throws Exception {
        for (int size : new int[] {1, 3, 7, 8, 9, 125, 126, 65_535, 65_536}) {
            var wire = new Memory(new byte[0]);
            var payload = bytes(size);
            new FrameWriter(wire, new SecureRandom()).binary(ByteBuffer.wrap(payload));
            assertThat(unmask(wire.written.toByteArray()))
                    .as("%d bytes", size)
                    .isEqualTo(join(new byte[] {(byte) 0x82}, payload));
        }
    }

    @Test
    void theMasksOfTwoFramesDiffer() throws Exception {
        var wire = new Memory(new byte[0]);
        var writer = new FrameWriter(wire, new SecureRandom());
        writer.binary(ByteBuffer.wrap(new byte[64]));
        writer.binary(ByteBuffer.wrap(new byte[64]));
        var written = wire.written.toByteArray();
        assertThat(Arrays.copyOfRange(written, 2, 6)).isNotEqualTo(Arrays.copyOfRange(written, 72, 76));
    }

    @Test
    void anEndWithoutGoodByeIsAFailure() {
        assertThatThrownBy(() -> new Memory(frame(0x82, bytes(10))).readAll()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> new Memory(new byte[] {(byte) 0x82, 5, 1}).readAll())
                .isInstanceOf(EOFException.class);
    }

    @Test
    void anUnusualGoodByeSaysItsReason() {
        assertThatThrownBy(() -> new Memory(close(1011, "the agent is gone")).readAll())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the agent is gone");
        assertThatThrownBy(() -> new Memory(close(1008, "")).readAll()).hasMessageContaining("1008");
    }

    @Test
    void whatBreaksTheProtocolIsRefused() {
        byte[][] wrong = {
            {(byte) 0xc2, 0}, // a reserved bit
            {(byte) 0x82, (byte) 0x81, 1, 2, 3, 4, 5}, // masked by a server
            {(byte) 0x81, 0}, // text
            {(byte) 0x83, 0}, // an unknown opcode
            {(byte) 0x89, 126, 0, 126}, // a long ping
            {0x09, 0}, // a ping in fragments
            {(byte) 0x82, 127, -1, 0, 0, 0, 0, 0, 0, 0}, // a negative size
        };
        for (var bytes : wrong) {
            assertThatThrownBy(() -> new Memory(bytes).readAll()).isInstanceOf(ProtocolException.class);
        }
    }

    /** The first byte of a frame, and its payload without the mask. */
    private static byte[] unmask(byte[] written) {
        var frame = ByteBuffer.wrap(written);
        var result = new ByteArrayOutputStream();
        result.write(frame.get());
        int length = frame.get() & 0xff;
        assertThat(length & 0x80).isEqualTo(0x80);
        length &= 0x7f;
        long size = length == 126 ? frame.getShort() & 0xffff : length == 127 ? frame.getLong() : length;
        var key = new byte[4];
        frame.get(key);
        assertThat(frame.remaining()).isEqualTo((int) size);
        for (int i = 0; frame.hasRemaining(); i++) {
            result.write(frame.get() ^ key[i % 4]);
        }
        return result.toByteArray();
    }
}
