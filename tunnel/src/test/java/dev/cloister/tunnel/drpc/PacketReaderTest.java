package dev.cloister.tunnel.drpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PacketReaderTest {
    @Test
    void whatIsWrittenIsRead() throws Exception {
        var bytes = new ByteArrayOutputStream();
        var writer = new PacketWriter(bytes, 3);
        var sizes = List.of(0, 1, 127, 128, 65_536, 65_537, 200_000, PacketReader.MAX_PACKET);
        for (int size : sizes) {
            writer.put(Packet.MESSAGE, new byte[size]);
        }
        writer.flush();
        var reader = new PacketReader(new ByteArrayInputStream(bytes.toByteArray()));
        for (int i = 0; i < sizes.size(); i++) {
            var packet = reader.read();
            assertThat(packet.kind()).isEqualTo(Packet.MESSAGE);
            assertThat(packet.stream()).isEqualTo(3);
            assertThat(packet.message()).isEqualTo(i + 1);
            assertThat(packet.data()).hasSize(sizes.get(i));
        }
        assertThat(reader.read()).isNull();
    }

    @Test
    void aPacketOfManyPiecesIsBoundedAsAWhole() {
        var piece = new byte[65_536 + 6];
        var head = new byte[] {Packet.MESSAGE << 1, 1, 1, (byte) 0x80, (byte) 0x80, 0x04};
        System.arraycopy(head, 0, piece, 0, head.length);
        var endless = new SequenceInputStream(Collections.enumeration(IntStream.range(0, 1000)
                .<InputStream>mapToObj(i -> new ByteArrayInputStream(piece))
                .toList()));
        assertThatThrownBy(() -> new PacketReader(endless).read()).hasMessageContaining("larger than");
    }

    @Test
    void noiseNeverHangsAndNeverFailsInAnotherWay() {
        for (int seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            var noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            if (random.nextBoolean()) {
                for (int i = 0; i < noise.length; i++) {
                    noise[i] &= 0x07;
                }
            }
            var reader = new PacketReader(new ByteArrayInputStream(noise));
            try {
                while (reader.read() != null) {
                    continue;
                }
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }
}
