package dev.cloister.agent.metadata;

import dev.cloister.agent.control.Times;
import dev.cloister.agent.control.Uplink;
import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.agent.BatchUpdateMetadataRequest;
import dev.cloister.contract.agent.BatchUpdateMetadataResponse;
import dev.cloister.contract.agent.Metadata;
import dev.cloister.contract.agent.WorkspaceAgentMetadata.Description;
import dev.cloister.contract.agent.WorkspaceAgentMetadata.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects each value at its own interval and sends what is new together. Of a value that could not be sent only the
 * newest is kept. Nothing is collected while nobody could be told.
 */
public final class MetadataLoop {
    private static final Logger LOG = LoggerFactory.getLogger(MetadataLoop.class);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    /** The programs behind values leave the processors to what a person waits for: the start-up scripts and the way in. */
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private static final Duration GATHER = Duration.ofMillis(250);
    private static final int AT_ONCE = 4;
    private static final int MOST = 128;

    private final Uplink uplink;
    private final MetadataScript script;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Map<String, Result> fresh = new LinkedHashMap<>();

    public MetadataLoop(Uplink uplink, MetadataScript script) {
        this.uplink = uplink;
        this.script = script;
    }

    /** Begins to collect; each value has a thread of its own, which sleeps nearly always. */
    public void start(List<Description> descriptions) {
        if (descriptions.isEmpty()) {
            return;
        }
        descriptions.stream()
                .limit(MOST)
                .forEach(description -> Thread.ofVirtual().name("metadata").start(() -> collect(description)));
        Thread.ofVirtual().name("metadata-sender").start(this::send);
    }

    private void collect(Description description) {
        var interval = Times.orElse(description.getInterval(), Duration.ofMinutes(1), SHORTEST, LONGEST);
        var limit = Times.orElse(description.getTimeout(), min(interval, Duration.ofSeconds(10)), SHORTEST, LONGEST);
        try {
            Thread.sleep(SETTLE);
            while (true) {
                uplink.awaitConnection();
                long start = System.nanoTime();
                places.acquire();
                try {
                    put(description.getKey(), script.run(description.getScript(), limit));
                } finally {
                    places.release();
                }
                var rest = interval.minusNanos(System.nanoTime() - start);
                Thread.sleep(rest.isPositive() ? rest : Duration.ZERO);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() {
        try {
            while (true) {
                var batch = take();
                try {
                    var request = BatchUpdateMetadataRequest.newBuilder();
                    batch.forEach((key, result) -> request.addMetadata(
                            Metadata.newBuilder().setKey(key).setResult(result)));
                    uplink.call(AgentRpc.BATCH_UPDATE_METADATA, request.build(), BatchUpdateMetadataResponse.parser());
                } catch (IOException e) {
                    LOG.debug("metadata was not taken: {}", e.toString());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void put(String key, Result result) {
        fresh.put(key, result);
        notifyAll();
    }

    private Map<String, Result> take() throws InterruptedException {
        synchronized (this) {
            while (fresh.isEmpty()) {
                wait();
            }
        }
        Thread.sleep(GATHER);
        uplink.awaitConnection();
        synchronized (this) {
            var batch = new LinkedHashMap<>(fresh);
            fresh.clear();
            return batch;
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
