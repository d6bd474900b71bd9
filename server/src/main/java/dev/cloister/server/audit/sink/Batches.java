package dev.cloister.server.audit.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.server.audit.log.LogFeed;
import dev.cloister.server.audit.log.PlacedEvent;
import dev.cloister.server.audit.log.SignedHead;
import dev.cloister.server.audit.sink.format.CopiedEvent;
import dev.cloister.server.audit.sink.format.EventFormat;
import dev.cloister.server.audit.sink.transport.Limits;
import dev.cloister.server.audit.sink.transport.Line;
import dev.cloister.server.audit.sink.transport.Shipment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes batches of events and signed heads for one receiver. */
record Batches(LogFeed feed, EventFormat format, Limits limits) {
    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);

    /** The events with the signed head that a receiver checks them with. */
    Shipment of(List<PlacedEvent> events, boolean bare) {
        long first = events.getFirst().index();
        long next = events.getLast().index() + 1;
        var lines = new ArrayList<Line>(events.size());
        events.forEach(event -> lines.add(line(event, bare)));
        return of(first, lines, feed.headFor(first, next));
    }

    /** Lines and a signed head; {@code first} is the place of the first line. */
    Shipment of(long first, List<Line> events, Optional<SignedHead> head) {
        String log = feed.key().name();
        var lines = new ArrayList<>(events);
        head.ifPresent(one -> lines.add(new Line("checkpoint-" + one.size(), one.signedAt(), format.head(log, one))));
        return new Shipment(log, first, first + events.size(), format.isJson(), lines);
    }

    private Line line(PlacedEvent placed, boolean bare) {
        var event = CopiedEvent.of(feed.key().name(), placed);
        String text = format.event(bare ? event.bare() : event);
        if (!bare && text.length() > limits.longest() / 3 && text.getBytes(UTF_8).length > limits.longest()) {
            LOG.info("audit event {} is longer than a sink takes, and is sent without its texts", placed.index());
            text = format.event(event.bare());
        }
        return new Line(Long.toString(placed.index()), event.time(), text);
    }
}
