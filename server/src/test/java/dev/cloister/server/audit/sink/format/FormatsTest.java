package dev.cloister.server.audit.sink.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.proof.Hash;
import dev.cloister.server.audit.LogEntry;
import dev.cloister.server.audit.log.PlacedEvent;
import dev.cloister.server.audit.log.SignedHead;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class FormatsTest {
    private static final UUID ID = UUID.fromString("11111111-2222-3333-4444-555555555555");
    private static final Instant TIME = Instant.parse("2026-11-29T08:30:00.123456Z");
    private static final List<String> HOSTILE = List.of(
            "a\nb\r\nc\u0085d\u2028e",
            "\u001b[2J\u001b]0;owned\u0007\u009b31m",
            "x|y=z\\n|CEF:0|Evil|",
            "src=6.6.6.6 act=login suser=root",
            "=cmd|' /C calc'!A0",
            "\"},\"index\":999,\"entry\":{\"v\":1,\"x\":\"",
            "\u202egnp.exe\u202c \u2066hidden\u2069",
            "</script><script>alert(1)</script>",
            "]\\\"]] [x@1 a=\"b\"]",
            "\ud83d\ude00".repeat(600));

    private static CopiedEvent event(String hostile, String address) {
        var sealed = LogEntry.Facts.sealed(
                hostile,
                address,
                hostile,
                hostile,
                ApiJson.mapper()
                        .writeValueAsString(Map.of("field", Map.of("old", hostile, "new", "", "secret", false))),
                ApiJson.mapper().writeValueAsString(Map.of("entry", hostile)));
        var entry = LogEntry.of(new LogEntry.Facts(ID, TIME, "write", 200, "workspace", ID, ID, ID, ID, sealed));
        return CopiedEvent.of("log.example", new PlacedEvent(7, entry.entry(), entry.salts(), sealed));
    }

    static Stream<String> hostile() {
        return HOSTILE.stream();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void noNameBreaksALineOrSteersATerminal(String hostile) {
        for (EventFormat format : EventFormat.all()) {
            for (CopiedEvent event : List.of(event(hostile, "192.0.2.1"), event(hostile, hostile))) {
                assertThat(format.event(event).chars())
                        .as(format.wireName())
                        .noneMatch(one -> Character.isISOControl(one)
                                || one >= 0x2028 && one <= 0x202e
                                || one >= 0x2066 && one <= 0x2069);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void documentsSayWhatWasTypedAndNothingElse(String hostile) {
        var event = event(hostile, "192.0.2.1");
        JsonNode json = json(new JsonFormat(), event);
        assertThat(json.get("index").asLong()).isEqualTo(7);
        assertThat(json.get("actor_name").asString()).isEqualTo(hostile);
        assertThat(json.get("diff").get("field").get("old").asString()).isEqualTo(hostile);
        assertThat(json.get("leaf_hash").asString())
                .isEqualTo(Hash.leaf(event.entry().getBytes(UTF_8)).toString());
        JsonNode ecs = json(new EcsFormat(), event);
        assertThat(ecs.get("user").get("name").asString()).isEqualTo(hostile);
        assertThat(ecs.get("event").get("sequence").asLong()).isEqualTo(7);
        assertThat(ecs.get("event").get("original").asString()).isEqualTo(event.entry());
        assertThat(ecs.get("cloister").get("diff").isString()).isTrue();
        JsonNode ocsf = json(new OcsfFormat(), event);
        assertThat(ocsf.get("actor").get("user").get("name").asString()).isEqualTo(hostile);
        assertThat(ocsf.get("metadata").get("sequence").asLong()).isEqualTo(7);
        assertThat(ocsf.get("raw_data").asString()).isEqualTo(event.entry());
    }

    private static JsonNode json(EventFormat format, CopiedEvent event) {
        return ApiJson.strict().readTree(format.event(event)); // refuses a name that comes twice
    }

    /** Reads an extension as its specification says. */
    private static Map<String, String> extension(String line) {
        String[] header = line.split("(?<!\\\\)\\|", 8);
        assertThat(header).hasSize(8);
        var fields = new LinkedHashMap<String, String>();
        for (String field : header[7].split(" (?=[A-Za-z0-9]+(?<!\\\\)=)")) {
            int equals = field.indexOf('=');
            String value = field.substring(equals + 1).replace("\\=", "=").replace("\\\\", "\\");
            assertThat(fields.put(field.substring(0, equals), value)).as(field).isNull();
        }
        return fields;
    }

    @Test
    void cefEscapesWhatSeparatesItsFields() {
        String line = new CefFormat().event(event("x|y=z\\w src=6.6.6.6 act=login", "192.0.2.1"));
        assertThat(line)
                .startsWith("CEF:0|Cloister|Cloister|")
                .contains("suser=x|y\\=z\\\\w src\\=6.6.6.6 act\\=login ");
        var fields = extension(line);
        assertThat(fields)
                .containsEntry("src", "192.0.2.1")
                .containsEntry("act", "write")
                .containsEntry("cn1", "7")
                .containsEntry("cn1Label", "index")
                .containsEntry("suser", "x|y=z\\w src=6.6.6.6 act=login");
        assertThat(new CefFormat().event(event("a\nb\rc", "x"))).contains("suser=a\\nb\\rc ");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void cefHasEachFieldOnceWhateverIsTyped(String hostile) {
        var fields = extension(new CefFormat().event(event(hostile, "2001:db8::1")));
        assertThat(fields).containsEntry("outcome", "success").containsEntry("c6a2", "2001:db8::1");
        assertThat(fields.get("cs1Label")).isEqualTo("leafHash");
    }

    @Test
    void whatIsNoAddressIsInNoFieldOfAddresses() {
        assertThat(json(new EcsFormat(), event("x", "unknown")).get("source").get("ip"))
                .isNull();
        assertThat(json(new OcsfFormat(), event("x", "999.1.1.1"))
                        .get("src_endpoint")
                        .get("ip"))
                .isNull();
        assertThat(json(new EcsFormat(), event("x", "2001:db8::1"))
                        .get("source")
                        .get("ip")
                        .asString())
                .isEqualTo("2001:db8::1");
    }

    @Test
    void kindsOfOcsfAreThoseOfTheSchema() {
        JsonNode change = json(new OcsfFormat(), event("x", "192.0.2.1"));
        assertThat(change.get("class_uid").asInt()).isEqualTo(3004);
        assertThat(change.get("category_uid").asInt()).isEqualTo(3);
        assertThat(change.get("type_uid").asLong()).isEqualTo(300403);
        assertThat(change.get("time").asLong()).isEqualTo(TIME.toEpochMilli());
        assertThat(change.get("metadata").get("product").get("vendor_name").asString())
                .isEqualTo("Cloister");
    }

    @Test
    void aSignedHeadIsALineOfEachFormatAndSurvivesIt() {
        String note = "log.example\n42\nAAAA\n\n\u2014 log.example abc\n";
        var head = new SignedHead(42, note, TIME);
        assertThat(text(new JsonFormat(), head, "/checkpoint")).isEqualTo(note);
        assertThat(text(new EcsFormat(), head, "/event/original")).isEqualTo(note);
        assertThat(text(new OcsfFormat(), head, "/raw_data")).isEqualTo(note);
        assertThat(new CefFormat().head("log.example", head))
                .contains("msg=log.example\\n42\\nAAAA\\n\\n\u2014 log.example abc\\n");
    }

    private static String text(EventFormat format, SignedHead head, String pointer) {
        return ApiJson.strict()
                .readTree(format.head("log.example", head))
                .at(pointer)
                .asString();
    }

    @Test
    void bareEventsHaveNothingThatPeopleTyped() {
        for (EventFormat format : EventFormat.all()) {
            assertThat(format.event(event("typed-by-somebody", "192.0.2.77").bare()))
                    .doesNotContain("typed-by-somebody", "192.0.2.77");
        }
    }
}
