package dev.cloister.tunnel.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameParserTest {
    /** Takes a few bytes at a time and leaves the rest. */
    private static final class Picky implements FrameParser.Target {
        private final Random random;
        private final ByteArrayOutputStream data = new ByteArrayOutputStream();
        private final ByteArrayOutputStream controls = new ByteArrayOutputStream();

        Picky(long seed) {
            random = new Random(seed);
        }

        @Override
        public void data(ByteBuffer payload) {
            int count = Math.min(payload.remaining(), random.nextInt(1 + payload.remaining() * 2));
            for (int i = 0; i < count; i++) {
                data.write(payload.get());
            }
        }

        @Override
        public void control(int opcode, ByteBuffer payload) {
            controls.write(opcode);
            while (payload.hasRemaining()) {
                controls.write(payload.get());
            }
        }
    }

    private static void frame(ByteArrayOutputStream to, int first, byte[] payload, int key) {
        var frame = ByteBuffer.allocate(payload.length + Frames.LONGEST_HEADER).put((byte) first);
        if (payload.length < Frames.LENGTH_16) {
            frame.put((byte) (Frames.MASKED | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) (Frames.MASKED | Frames.LENGTH_16)).putShort((short) payload.length);
        } else {
            frame.put((byte) (Frames.MASKED | Frames.LENGTH_64)).putLong(payload.length);
        }
        frame.putInt(key);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ key >> 24 - 8 * (i % 4)));
        }
        to.write(frame.array(), 0, frame.position());
    }

    @Test
    void framesAreFoundWhateverThePiecesAreThatTheyComeIn() throws Exception {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var wire = new ByteArrayOutputStream();
            var data = new ByteArrayOutputStream();
            var controls = new ByteArrayOutputStream();
            for (int i = 0; i < 8; i++) {
                var payload = new byte[random.nextInt(4) == 0 ? random.nextInt(70_000) : random.nextInt(200)];
                random.nextBytes(payload);
                frame(wire, Frames.FINAL | Frames.BINARY, payload, random.nextInt());
                data.write(payload);
                var question = new byte[random.nextInt(20)];
                frame(wire, Frames.FINAL | Frames.PING, question, random.nextInt());
                controls.write(Frames.PING);
                controls.write(question);
            }
            var target = new Picky(seed);
            var parser = new FrameParser(true);
            var bytes = wire.toByteArray();
            for (int at = 0; at < bytes.length; ) {
                int count = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 10 : 10_000));
                var piece =
                        ByteBuffer.allocateDirect(count).put(bytes, at, count).flip();
                while (!parser.parse(piece, target)) {
                    continue;
                }
                assertThat(piece.hasRemaining()).isFalse();
                at += count;
            }
            assertThat(target.data.toByteArray()).as("seed %d", seed).isEqualTo(data.toByteArray());
            assertThat(target.controls.toByteArray()).isEqualTo(controls.toByteArray());
        }
    }
}
