package dev.cloister.server.audit.sink.transport;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Posts lines to an HTTP source of Sumo Logic. Its address is the credential, and so a secret. */
final class SumoTransport implements Transport {
    private static final int LONGEST = 65_000; // what is longer, the source cuts in pieces

    private final URI address;
    private final Map<String, String> headers;
    private final HttpSender http;

    SumoTransport(Opening opening) {
        address = URI.create(opening.secret("url").orElseThrow().reveal());
        var named = new LinkedHashMap<String, String>();
        opening.text("category").ifPresent(value -> named.put("X-Sumo-Category", value));
        named.put("X-Sumo-Name", "cloister-audit");
        headers = Map.copyOf(named);
        http = new HttpSender(opening.text("ca_certificates"));
    }

    @Override
    public Limits limits() {
        return new Limits(1000, 1 << 20, LONGEST, Limits.OF_HTTP.linger());
    }

    @Override
    public void deliver(Shipment shipment) throws NotDeliveredException, InterruptedException {
        var all = new LinkedHashMap<>(headers);
        all.put("Content-Type", shipment.mediaType());
        HttpSender.require(http.postCompressed(address, all, shipment.text()));
    }

    @Override
    public void close() {
        http.close();
    }
}
