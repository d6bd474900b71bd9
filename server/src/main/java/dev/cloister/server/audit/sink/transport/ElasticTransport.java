package dev.cloister.server.audit.sink.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.audit.sink.format.JsonLine;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The bulk interface of Elasticsearch and OpenSearch. Each line is created under an id of its own, so that a repeat is a
 * conflict, which counts as taken, and never a second document.
 */
final class ElasticTransport implements Transport {
    private static final int CREATED_BEFORE = 409;

    private final URI address;
    private final String index;
    private final Map<String, String> headers;
    private final HttpSender http;

    ElasticTransport(Opening opening) {
        address = URI.create(opening.text("url", "").replaceFirst("/+$", "") + "/_bulk");
        index = opening.text("index", "logs-cloister.audit-default");
        var all = new LinkedHashMap<String, String>();
        all.put("Content-Type", "application/x-ndjson");
        opening.secret("api_key").ifPresent(key -> all.put("Authorization", "ApiKey " + key.reveal()));
        opening.secret("password")
                .ifPresent(password -> all.put(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((opening.text("username", "") + ":" + password.reveal())
                                                .getBytes(UTF_8))));
        headers = Map.copyOf(all);
        http = new HttpSender(opening.text("ca_certificates"));
    }

    @Override
    public Limits limits() {
        return Limits.OF_HTTP;
    }

    @Override
    public void deliver(Shipment shipment) throws NotDeliveredException, InterruptedException {
        var body = new StringBuilder();
        for (Line line : shipment.lines()) {
            body.append(new JsonLine()
                    .begin("create")
                    .put("_index", index)
                    .put("_id", shipment.log() + "-" + line.key())
                    .end()
                    .line());
            body.append('\n').append(line.text()).append('\n');
        }
        var answer = http.postCompressed(address, headers, body.toString().getBytes(UTF_8));
        HttpSender.require(answer);
        requireItems(answer.text(), shipment.lines().size());
    }

    /** The answer to a bulk is 200 where single items failed, too. */
    private static void requireItems(String text, int count) throws NotDeliveredException {
        JsonNode items = items(text);
        if (items.size() != count) {
            throw NotDeliveredException.passing("the receiver told of " + items.size() + " of " + count + " documents");
        }
        int refused = 0;
        for (JsonNode item : items) {
            int status = item.path("create").path("status").asInt(0);
            if (status == 400 || status == 413) {
                refused++;
            } else if (status != CREATED_BEFORE && (status < 200 || status > 299)) {
                throw NotDeliveredException.passing("a document was answered with " + status);
            }
        }
        if (refused > 0) {
            throw NotDeliveredException.refused(refused + " of " + count + " documents were refused");
        }
    }

    private static JsonNode items(String text) throws NotDeliveredException {
        try {
            return ApiJson.mapper().readTree(text).path("items");
        } catch (JacksonException e) {
            throw NotDeliveredException.passing("the receiver did not answer with JSON");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
