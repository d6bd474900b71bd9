package dev.cloister.tunnel.mux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bytes on the wire, as a transcript of hashicorp's library shows them. */
@Timeout(120)
class YamuxBytesTest {
    private static final MuxSettings PLAIN = MuxSettings.defaults()
            .withReceiveWindow(Header.INITIAL_WINDOW)
            .withKeepAlive(Duration.ZERO, Duration.ofSeconds(10));

    @Test
    void aClientOpensWritesAndEndsAStream() throws Exception {
        try (var end = RawPeer.client(PLAIN)) {
            var stream = end.session().open();
            assertThat(end.peer().receive(12)).isEqualTo("000100010000000100000000");
            stream.output().write("AB".getBytes(UTF_8));
            assertThat(end.peer().receive(14)).isEqualTo("000000000000000100000002" + "4142");
            end.peer().send("000100020000000100000000 00000000000000010000000b 05010107726573703a4142");
            assertThat(stream.input().readNBytes(11)).asHexString().isEqualToIgnoringCase("05010107726573703a4142");
            stream.close();
            assertThat(end.peer().receive(12)).isEqualTo("000100040000000100000000");
            end.peer().send("000100040000000100000000");
            Eventually.is(() -> end.session().streamCount() == 0);
        }
    }

    @Test
    void aServerAcceptsAnswersAndEndsAStream() throws Exception {
        try (var end = RawPeer.server(PLAIN)) {
            end.peer().send("000100010000000100000000 000000000000000100000002 4142");
            var stream = end.session().accept();
            assertThat(end.peer().receive(12)).isEqualTo("000100020000000100000000");
            assertThat(stream.input().readNBytes(2)).containsExactly('A', 'B');
            stream.output().write("CD".getBytes(UTF_8));
            assertThat(end.peer().receive(14)).isEqualTo("000000000000000100000002" + "4344");
            end.peer().send("000100040000000100000000");
            assertThat(stream.input().read()).isEqualTo(-1);
            stream.close();
            assertThat(end.peer().receive(12)).isEqualTo("000100040000000100000000");
            Eventually.is(() -> end.session().streamCount() == 0);
        }
    }

    @Test
    void aLargerWindowIsAnnouncedWithTheFirstFrame() throws Exception {
        var settings = PLAIN.withReceiveWindow(1 << 20);
        try (var end = RawPeer.client(settings)) {
            var unused = end.session().open();
            assertThat(end.peer().receive(12)).isEqualTo("0001000100000001" + "000c0000");
        }
        try (var end = RawPeer.server(settings)) {
            end.peer().send("000100010000000100000000");
            var unused = end.session().accept();
            assertThat(end.peer().receive(12)).isEqualTo("0001000200000001" + "000c0000");
        }
    }

    @Test
    void theServersStreamsAreEven() throws Exception {
        try (var end = RawPeer.server(PLAIN)) {
            assertThat(end.session().open().id()).isEqualTo(2);
            assertThat(end.session().open().id()).isEqualTo(4);
            assertThat(end.peer().receive(24)).isEqualTo("000100010000000200000000" + "000100010000000400000000");
        }
    }

    @Test
    void pingsAreAnsweredWithTheSameValue() throws Exception {
        try (var end = RawPeer.server(PLAIN)) {
            end.peer().send("000200010000000000000000 0002000100000000deadbeef");
            assertThat(end.peer().receive(24)).isEqualTo("000200020000000000000000" + "0002000200000000deadbeef");
        }
    }

    @Test
    void aPingMeasuresTheRoundTrip() throws Exception {
        try (var end = RawPeer.client(PLAIN)) {
            var peer = Thread.startVirtualThread(() -> {
                try {
                    assertThat(end.peer().receive(12)).isEqualTo("000200010000000000000000");
                    end.peer().send("000200020000000000000000");
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(end.session().ping()).isPositive().isLessThan(Duration.ofSeconds(10));
            peer.join();
        }
    }

    @Test
    void closingSaysGoodbye() throws Exception {
        try (var end = RawPeer.client(PLAIN)) {
            end.session().close();
            assertThat(end.peer().receive(12)).isEqualTo("000300000000000000000000");
        }
    }

    @Test
    void theWindowIsRestoredWhenHalfOfItHasBeenRead() throws Exception {
        try (var end = RawPeer.server(PLAIN)) {
            end.peer().send("000100010000000100000000");
            var stream = end.session().accept();
            end.peer().receive(12);
            end.peer().sendData(0, 1, new byte[Header.INITIAL_WINDOW]);
            stream.input().skipNBytes(Header.INITIAL_WINDOW / 2 - 1);
            end.peer().send("000200010000000000000001");
            assertThat(end.peer().receive(12)).as("no update yet").isEqualTo("000200020000000000000001");
            stream.input().skipNBytes(1);
            assertThat(end.peer().receive(12)).isEqualTo("0001000000000001" + "00020000");
        }
    }

    @Test
    void smallWritesThatWaitTogetherTravelTogether() throws Exception {
        try (var end = RawPeer.client(PLAIN)) {
            var stream = end.session().open();
            for (int i = 0; i < 1000; i++) {
                stream.output().write(i);
            }
            end.peer().receive(12);
            int received = 0;
            int frames = 0;
            while (received < 1000) {
                var header = end.peer().receiveHeader();
                end.peer().bytes((int) header.length());
                received += (int) header.length();
                frames++;
            }
            assertThat(received).isEqualTo(1000);
            assertThat(frames).isLessThan(1000);
        }
    }
}
