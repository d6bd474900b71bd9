package dev.cloister.server.audit.sink.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.Secret;
import dev.cloister.server.audit.sink.format.JsonLine;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;

/** The intake of logs of Datadog, version 2. */
final class DatadogTransport implements Transport {
    private static final String DEFAULT_URL = "https://http-intake.logs.datadoghq.com";

    private final URI address;
    private final Secret key;
    private final String service;
    private final String tags;
    private final HttpSender http;

    DatadogTransport(Opening opening) {
        address = URI.create(opening.text("url", DEFAULT_URL).replaceFirst("/+$", "") + "/api/v2/logs");
        key = opening.secret("api_key").orElseThrow();
        service = opening.text("service", "cloister");
        tags = opening.text("tags", "");
        http = new HttpSender(opening.text("ca_certificates"));
    }

    @Override
    public Limits limits() {
        return new Limits(900, 3 << 20, 900_000, Limits.OF_HTTP.linger()); // of 1000 entries, 5 MB and 1 MB
    }

    @Override
    public void deliver(Shipment shipment) throws NotDeliveredException, InterruptedException {
        String body = shipment.lines().stream()
                .map(line -> entry(shipment.log(), line))
                .collect(Collectors.joining(",", "[", "]"));
        var headers = Map.of("Content-Type", "application/json", "DD-API-KEY", key.reveal());
        HttpSender.require(http.postCompressed(address, headers, body.getBytes(UTF_8)));
    }

    private String entry(String log, Line line) {
        return new JsonLine()
                .put("ddsource", "cloister")
                .put("service", service)
                .put("ddtags", tags)
                .put("hostname", log)
                .put("cloister_key", line.key())
                .put("timestamp", line.time().toString())
                .put("message", line.text())
                .line();
    }

    @Override
    public void close() {
        http.close();
    }
}
