package dev.cloister.tunnel.drpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.tunnel.mux.MuxPair;
import dev.cloister.tunnel.mux.MuxSettings;
import dev.cloister.tunnel.mux.MuxStream;
import dev.cloister.tunnel.mux.RawPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bytes on the wire, as a transcript of storj's library shows them. */
@Timeout(120)
class DrpcBytesTest {
    private static final String METHOD = "/coder.tailnet.v2.Tailnet/RefreshResumeToken";
    private static final String INVOKE = "0301012c" + HexFormat.of().formatHex(METHOD.getBytes(UTF_8));
    private static final MuxSettings SETTINGS =
            MuxSettings.defaults().withReceiveWindow(262_144).withKeepAlive(Duration.ZERO, Duration.ofSeconds(10));

    private static Future<byte[]> call(RawPeer.WithSession end, Duration timeout) {
        var result = new CompletableFuture<byte[]>();
        Thread.startVirtualThread(() -> {
            try {
                result.complete(new DrpcClient(end.session(), timeout).call(METHOD, "AB".getBytes(UTF_8)));
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private static Future<byte[]> called(RawPeer.WithSession end) throws IOException {
        var result = call(end, Duration.ofSeconds(10));
        end.peer().bytes(12 + 12 + 58);
        return result;
    }

    private static String inDataFrame(String hex) {
        return "00000000000000010000" + "%04x".formatted(hex.length() / 2) + hex;
    }

    @Test
    void aClientsCallIsTheTranscript() throws Exception {
        try (var end = RawPeer.client(SETTINGS)) {
            var result = call(end, Duration.ofSeconds(10));
            assertThat(end.peer().receive(12)).isEqualTo("000100010000000100000000");
            assertThat(end.peer().receive(12)).isEqualTo("00000000000000010000003a");
            assertThat(end.peer().receive(58)).isEqualTo(INVOKE + "050102024142" + "0d010300");
            end.peer().send("000100020000000100000000");
            end.peer().send("00000000000000010000000b 05010107726573703a4142");
            end.peer().send("000000000000000100000004 0d010200");
            assertThat(result.get()).asString(UTF_8).isEqualTo("resp:AB");
            assertThat(end.peer().receive(16)).isEqualTo("000000000000000100000004" + "0b010400");
            assertThat(end.peer().receive(12)).isEqualTo("000100040000000100000000");
        }
    }

    @Test
    void anErrorReachesTheCallerWithItsCode() throws Exception {
        try (var end = RawPeer.client(SETTINGS)) {
            var result = called(end);
            end.peer().send(inDataFrame("07010115000000000000000c556e696d706c656d656e746564"));
            assertThatThrownBy(result::get).cause().isInstanceOfSatisfying(DrpcException.class, e -> {
                assertThat(e.code()).isEqualTo(12);
                assertThat(e.isUnimplemented()).isTrue();
                assertThat(e).hasMessage("Unimplemented");
            });
        }
    }

    @Test
    void aReplyInPiecesIsPutTogether() throws Exception {
        try (var end = RawPeer.client(SETTINGS)) {
            var result = called(end);
            end.peer().send(inDataFrame("040101024142" + "040101024344" + "050101024546" + "0d010200"));
            assertThat(result.get()).asString(UTF_8).isEqualTo("ABCDEF");
        }
    }

    @Test
    void packetsOfUnknownUseAreIgnoredWhenTheyMayBe() throws Exception {
        try (var end = RawPeer.client(SETTINGS)) {
            var result = called(end);
            end.peer().send(inDataFrame("fd01010178" + "05010107726573703a4142" + "0d010200"));
            assertThat(result.get()).asString(UTF_8).isEqualTo("resp:AB");
        }
    }

    @Test
    void anAnswerThatBreaksTheProtocolFailsTheCall() throws Exception {
        var broken = Map.of(
                "050001024142", "does not follow",
                "050101ffffffff7f", "more than",
                "05ffffffffffffffffffffff", "longer than ten bytes",
                "0d010100", "without a reply",
                "040101014107010100", "changes its kind",
                "03010101410d010200", "kind 1");
        for (var answer : broken.entrySet()) {
            try (var end = RawPeer.client(SETTINGS)) {
                var result = called(end);
                end.peer().send(inDataFrame(answer.getKey()));
                assertThatThrownBy(result::get).cause().hasMessageContaining(answer.getValue());
            }
        }
    }

    @Test
    void aCallThatNobodyAnswersEndsInTime() throws Exception {
        try (var end = RawPeer.client(SETTINGS)) {
            var result = call(end, Duration.ofMillis(50));
            assertThatThrownBy(result::get).cause().hasMessageContaining("not answered within 50 ms");
            assertThat(end.session().isClosed()).isFalse();
        }
    }

    private static MuxStream serving(MuxPair pair, DrpcServer server) throws IOException {
        var streams = pair.stream();
        Thread.startVirtualThread(() -> server.serve(streams.far()));
        return streams.near();
    }

    private static void send(MuxStream stream, String hex) throws IOException {
        stream.output().write(HexFormat.of().parseHex(hex));
    }

    private static final DrpcServer ECHO =
            new DrpcServer(Map.of(METHOD, request -> ("resp:" + new String(request, UTF_8)).getBytes(UTF_8)));

    @Test
    void aServersAnswerIsTheTranscript() throws Exception {
        try (var pair = MuxPair.joined(SETTINGS)) {
            var stream = serving(pair, ECHO);
            send(stream, INVOKE + "050102024142" + "0d010300");
            assertThat(stream.input().readNBytes(15))
                    .asHexString()
                    .isEqualToIgnoringCase("05010107726573703A4142" + "0D010200");
            send(stream, "0b010400");
            stream.closeOutput();
            assertThat(stream.input().read()).isEqualTo(-1);
        }
    }

    @Test
    void metadataBeforeACallIsTolerated() throws Exception {
        try (var pair = MuxPair.joined(SETTINGS)) {
            var stream = serving(pair, ECHO);
            send(
                    stream,
                    "0f010105" + "0a030a0161" + INVOKE.replace("0301012c", "0301022c") + "050103024142" + "0d010400");
            assertThat(stream.input().readNBytes(11)).asHexString().isEqualToIgnoringCase("05010107726573703A4142");
        }
    }

    @Test
    void anUnknownMethodIsUnimplemented() throws Exception {
        try (var pair = MuxPair.joined(SETTINGS)) {
            var stream = serving(pair, ECHO);
            send(stream, "0301010178" + "050102024142" + "0d010300");
            assertThat(stream.input().readNBytes(25))
                    .asHexString()
                    .isEqualToIgnoringCase("07010115000000000000000c556e696d706c656d656e746564");
            stream.closeOutput();
            assertThat(stream.input().read()).isEqualTo(-1);
        }
    }

    @Test
    void aStreamMayCarryOneCallAfterTheOther() throws Exception {
        try (var pair = MuxPair.joined(SETTINGS)) {
            var stream = serving(pair, ECHO);
            send(stream, INVOKE + "050102024142" + "0d010300" + "0b010400");
            stream.input().readNBytes(15);
            send(stream, INVOKE.replace("0301012c", "0302012c") + "050202024344" + "0d020300");
            assertThat(stream.input().readNBytes(15))
                    .asHexString()
                    .isEqualToIgnoringCase("05020107726573703A4344" + "0D020200");
        }
    }

    @Test
    void aCallThatBreaksTheProtocolIsReset() throws Exception {
        for (var bytes :
                new String[] {"050101024142", INVOKE + "0d010200", INVOKE + "050101024142", "03", "0301018080808010"}) {
            try (var pair = MuxPair.joined(SETTINGS)) {
                var stream = serving(pair, ECHO);
                send(stream, bytes);
                stream.closeOutput();
                assertThatThrownBy(() -> stream.input().readAllBytes()).hasMessageContaining("reset");
            }
        }
    }

    @Test
    void manyCallsRunSideBySide() throws Exception {
        var server = new DrpcServer(Map.of("/echo", request -> request));
        try (var pair = MuxPair.joined(MuxSettings.defaults());
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            pool.submit(() -> server.serveAll(pair.server()));
            var client = new DrpcClient(pair.client());
            var calls = java.util.stream.IntStream.range(0, 300)
                    .mapToObj(i -> pool.submit(() -> client.call("/echo", new byte[i * 100])))
                    .toList();
            for (int i = 0; i < calls.size(); i++) {
                assertThat(calls.get(i).get()).hasSize(i * 100);
            }
            assertThat(client.call("/echo", new byte[PacketReader.MAX_PACKET])).hasSize(PacketReader.MAX_PACKET);
            assertThatThrownBy(() -> client.call("/echo", new byte[PacketReader.MAX_PACKET + 1]))
                    .hasMessageContaining("more than");
            pair.close();
        }
    }

    @Test
    void whatGoesWrongInsideAMethodStaysInside() throws Exception {
        var server = new DrpcServer(Map.of(
                "/secret",
                        request -> {
                            throw new IllegalStateException("a secret");
                        },
                "/refuse",
                        request -> {
                            throw new DrpcException(404, "no such thing");
                        }));
        try (var pair = MuxPair.joined(SETTINGS)) {
            Thread.startVirtualThread(() -> server.serveAll(pair.server()));
            var client = new DrpcClient(pair.client());
            assertThatThrownBy(() -> client.call("/secret", new byte[0])).hasMessage("The call failed.");
            assertThatThrownBy(() -> client.call("/refuse", new byte[0]))
                    .isInstanceOfSatisfying(
                            DrpcException.class, e -> assertThat(e.code()).isEqualTo(404))
                    .hasMessage("no such thing");
        }
    }
}
