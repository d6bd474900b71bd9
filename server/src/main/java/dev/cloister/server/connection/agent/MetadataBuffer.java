package dev.cloister.server.connection.agent;

import dev.cloister.contract.agent.BatchUpdateMetadataRequest;
import dev.cloister.contract.agent.Metadata;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.platform.sql.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measurements on their way to the database. They are the most frequent thing that agents report and only the newest of
 * each matters, so they are stored together for all agents twice a second. What a crash loses is measured again.
 */
public final class MetadataBuffer implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final int MAX_TEXT = 2048;
    private static final int MAX_BATCH = 1000;
    private static final Caller.Job JOB = new Caller.Job("agent metadata", Set.of(), Origin.internal());
    private static final Logger LOG = LoggerFactory.getLogger(MetadataBuffer.class);

    private final Transactions transactions;
    private final AgentReportRepository repository;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Map<Key, AgentReportRepository.Measured> waiting = new HashMap<>();

    private record Key(UUID agent, String key) {}

    public MetadataBuffer(Transactions transactions, AgentReportRepository repository, Clock clock) {
        this.transactions = transactions;
        this.repository = repository;
        this.clock = clock;
        Thread.ofVirtual().name("agent-metadata").start(this::run);
    }

    /** @param known the keys that the agent was asked to measure; others are not kept */
    void add(AgentGrant grant, Set<String> known, BatchUpdateMetadataRequest request) {
        Instant now = clock.instant();
        for (Metadata reported : request.getMetadataList()) {
            if (known.contains(reported.getKey())) {
                var result = reported.getResult();
                put(new AgentReportRepository.Measured(
                        grant,
                        reported.getKey(),
                        ReportedTexts.read(result.getValue(), MAX_TEXT),
                        ReportedTexts.read(result.getError(), MAX_TEXT),
                        ReportedTimes.read(result.getCollectedAt(), now)));
            }
        }
    }

    private synchronized void put(AgentReportRepository.Measured measured) {
        waiting.put(new Key(measured.grant().agent(), measured.key()), measured);
    }

    private synchronized Collection<AgentReportRepository.Measured> take() {
        var taken = waiting.values();
        waiting = new HashMap<>();
        return taken;
    }

    private void run() {
        try {
            while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void flush() {
        List<AgentReportRepository.Measured> rows = take().stream()
                .sorted(Comparator.comparing((AgentReportRepository.Measured one) ->
                                one.grant().agent())
                        .thenComparing(AgentReportRepository.Measured::key))
                .toList();
        for (int from = 0; from < rows.size(); from += MAX_BATCH) {
            store(rows.subList(from, Math.min(from + MAX_BATCH, rows.size())));
        }
    }

    private void store(List<AgentReportRepository.Measured> rows) {
        try {
            transactions.change(JOB, tx -> {
                repository.metadata(tx, rows);
                rows.stream()
                        .map(row -> row.grant().agent())
                        .distinct()
                        .forEach(agent -> tx.announce(Topics.AGENT_METADATA, agent.toString()));
                return Changed.unaudited(rows.size(), Unaudited.AGENT_REPORT);
            });
        } catch (RuntimeException e) {
            LOG.warn("{} measurements of agents were not stored: {}", rows.size(), e.getMessage());
        }
    }

    @Override
    public void close() {
        closed.countDown();
        flush();
    }
}
