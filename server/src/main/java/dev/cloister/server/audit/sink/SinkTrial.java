package dev.cloister.server.audit.sink;

import dev.cloister.server.audit.log.LogFeed;
import dev.cloister.server.audit.sink.transport.NotDeliveredException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries a sink: the newest signed head is sent, which says nothing of anybody and is known to the receiver anyway. */
record SinkTrial(LogFeed feed, SinkTransports transports) {
    private static final Logger LOG = LoggerFactory.getLogger(SinkTrial.class);

    /** Why it was not taken, empty where it was. */
    String send(Sink sink) {
        var head = feed.head();
        if (head.isEmpty()) {
            return "the audit log has no signed head yet";
        }
        try (var transport = transports.open(sink)) {
            long size = head.get().size();
            transport.deliver(new Batches(feed, sink.eventFormat(), transport.limits()).of(size, List.of(), head));
            return "";
        } catch (NotDeliveredException e) {
            return Errors.shown(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the server ends";
        } catch (RuntimeException e) {
            LOG.warn("the audit sink {} cannot be tried", sink.name(), e);
            return Errors.shown(e);
        }
    }
}
