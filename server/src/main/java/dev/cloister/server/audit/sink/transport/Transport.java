package dev.cloister.server.audit.sink.transport;

/** An open way out, for one thread. */
public sealed interface Transport extends AutoCloseable
        permits FileTransport,
                WebhookTransport,
                SplunkTransport,
                ElasticTransport,
                DatadogTransport,
                SumoTransport,
                SyslogTransport,
                ObjectLockTransport {
    Limits limits();

    /**
     * Returns when the receiver has the whole batch for good; within half a minute, whatever the receiver does.
     *
     * @throws NotDeliveredException where it has not; parts of it may have arrived
     */
    void deliver(Shipment shipment) throws NotDeliveredException, InterruptedException;

    @Override
    void close();
}
