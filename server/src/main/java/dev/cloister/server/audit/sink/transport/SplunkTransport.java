package dev.cloister.server.audit.sink.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.audit.CanonicalJson;
import dev.cloister.server.audit.sink.format.JsonLine;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The HTTP Event Collector of Splunk. That it answers 200 means only that it has the batch in memory; with indexer
 * acknowledgement, which is the default here, a batch counts when the indexers have it on disk.
 */
final class SplunkTransport implements Transport {
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(20);
    private static final Duration ASK_EVERY = Duration.ofMillis(250);
    private static final int INVALID_FORMAT = 6;
    private static final String EVENT_PATH = "/services/collector/event";
    private static final String ACK_PATH = "/services/collector/ack";

    private final URI events;
    private final URI acknowledgements;
    private final Secret token;
    private final boolean acknowledged;
    private final String index;
    private final String sourcetype;
    private final UUID channel = UUID.randomUUID();
    private final HttpSender http;

    SplunkTransport(Opening opening) {
        String base = opening.text("url", "").replaceFirst("/+$", "");
        events = URI.create(base + EVENT_PATH);
        acknowledgements = URI.create(base + ACK_PATH + "?channel=" + channel);
        token = opening.secret("token").orElseThrow();
        acknowledged = !opening.text("acknowledgement", "true").equals("false");
        index = opening.text("index", "");
        sourcetype = opening.text("sourcetype", "cloister:audit");
        http = new HttpSender(opening.text("ca_certificates"));
    }

    @Override
    public Limits limits() {
        return Limits.OF_HTTP;
    }

    @Override
    public void deliver(Shipment shipment) throws NotDeliveredException, InterruptedException {
        var body = new StringBuilder();
        shipment.lines().forEach(line -> event(body, shipment, line));
        var answer = http.post(events, headers(), body.toString().getBytes(UTF_8));
        if (answer.status() == 400 && read(answer).path("code").asInt(0) != INVALID_FORMAT) {
            // of the token, the channel or the index, and not of an event
            throw NotDeliveredException.passing("the collector answered 400 with code "
                    + read(answer).path("code").asInt(0));
        }
        HttpSender.require(answer);
        if (acknowledged) {
            var id = read(answer).get("ackId");
            if (id == null || !id.isIntegralNumber()) {
                throw NotDeliveredException.passing("the collector acknowledges nothing: turn on indexer"
                        + " acknowledgement for the token, or set acknowledgement to false");
            }
            await(id.asLong());
        }
    }

    private void event(StringBuilder body, Shipment shipment, Line line) {
        var seconds = BigDecimal.valueOf(line.time().toEpochMilli(), 3);
        var event = new StringBuilder();
        if (shipment.json()) {
            event.append(line.text());
        } else {
            CanonicalJson.string(line.text(), event);
        }
        body.append(new JsonLine()
                .raw("time", seconds.toPlainString())
                .put("host", shipment.log())
                .put("source", "cloister")
                .put("sourcetype", sourcetype)
                .put("index", index)
                .raw("event", event.toString())
                .begin("fields")
                .put("cloister_key", line.key())
                .end()
                .line());
        body.append('\n');
    }

    private Map<String, String> headers() {
        return Map.of(
                "Content-Type",
                "application/json",
                "Authorization",
                "Splunk " + token.reveal(),
                "X-Splunk-Request-Channel",
                channel.toString());
    }

    private void await(long id) throws NotDeliveredException, InterruptedException {
        byte[] question = ("{\"acks\":[" + id + "]}").getBytes(UTF_8);
        long until = System.nanoTime() + ACKNOWLEDGED_WITHIN.toNanos();
        while (System.nanoTime() < until) {
            var answer = http.post(acknowledgements, headers(), question);
            HttpSender.require(answer);
            if (read(answer).path("acks").path(Long.toString(id)).asBoolean(false)) {
                return;
            }
            Thread.sleep(ASK_EVERY);
        }
        throw NotDeliveredException.passing(
                "the indexers did not acknowledge within " + ACKNOWLEDGED_WITHIN.toSeconds() + " s");
    }

    private static JsonNode read(HttpSender.Answer answer) throws NotDeliveredException {
        try {
            return ApiJson.mapper().readTree(answer.text());
        } catch (JacksonException e) {
            throw NotDeliveredException.passing("the collector did not answer with JSON");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
