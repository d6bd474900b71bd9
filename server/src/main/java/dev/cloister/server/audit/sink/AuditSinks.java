package dev.cloister.server.audit.sink;

import dev.cloister.server.access.Authorizer;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.log.LogFeed;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.platform.telemetry.Metrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The copies of the audit log put together. */
public final class AuditSinks implements AutoCloseable {
    private final Transactions transactions;
    private final SinkRepository repository = new SinkRepository();
    private final SinkRoutes routes;
    private final SinkShipping shipping;
    private final Clock clock;

    /** @param directory where copies in files are kept */
    public AuditSinks(
            Transactions transactions,
            Authorizer authorizer,
            Events events,
            LogFeed feed,
            SinkVault vault,
            Path directory,
            Clock clock) {
        this(transactions, authorizer, events, feed, vault, directory, Pace.USUAL, clock);
    }

    AuditSinks(
            Transactions transactions,
            Authorizer authorizer,
            Events events,
            LogFeed feed,
            SinkVault vault,
            Path directory,
            Pace pace,
            Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
        var secrets = new SinkSecrets(vault);
        var transports = new SinkTransports(secrets, directory, clock);
        routes = new SinkRoutes(
                new SinkService(transactions, authorizer, repository, secrets, new SinkTrial(feed, transports), clock),
                clock);
        shipping = new SinkShipping(
                new SinkShipper.Shared(transactions, events, repository, feed, transports, pace, clock));
    }

    public void register(Routes table) {
        routes.register(table);
    }

    public void register(Metrics metrics) {
        metrics.gauges(
                "cloister_audit_sink_lag_events",
                "Audit events that a sink has not taken yet",
                "sink",
                () -> figures(SinkStatus::lag));
        metrics.gauges(
                "cloister_audit_sink_lag_seconds",
                "Age of the oldest audit event that a sink has not taken yet",
                "sink",
                () -> figures(status -> status.lagSeconds(clock.instant())));
        metrics.gauges(
                "cloister_audit_sink_failures",
                "Attempts in a row that a sink has not taken",
                "sink",
                () -> figures(SinkStatus::failures));
    }

    private Map<String, Long> figures(ToLongFunction<SinkStatus> figure) {
        return transactions.read(repository::all).stream()
                .collect(Collectors.toMap(status -> status.sink().name(), figure::applyAsLong));
    }

    /** Begins to send. */
    public void start() {
        shipping.start();
    }

    /** What an operator should know of, one sentence for each sink that does not keep up. */
    public List<String> warnings() {
        Instant now = clock.instant();
        return transactions.read(repository::all).stream()
                .filter(status -> !status.state(now).equals("ok") && status.lag() > 0)
                .map(status -> "The audit sink " + status.sink().name() + " is " + status.state(now) + ": "
                        + status.lag() + " events wait"
                        + (status.failures() > 0 ? ", because " + status.lastError() : "") + ".")
                .toList();
    }

    /**
     * The index of the first event that some sink, also one that is paused, has not taken: nothing from there on may be
     * pruned. Empty where there is no sink. Read it in the transaction that prunes.
     */
    public OptionalLong lowestCursor(ReadTx tx) {
        return repository.lowestCursor(tx);
    }

    @Override
    public void close() {
        shipping.close();
    }
}
