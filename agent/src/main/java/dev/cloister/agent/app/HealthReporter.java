package dev.cloister.agent.app;

import com.google.protobuf.ByteString;
import dev.cloister.agent.control.Times;
import dev.cloister.agent.control.Uplink;
import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.agent.AppHealth;
import dev.cloister.contract.agent.BatchUpdateAppHealthRequest;
import dev.cloister.contract.agent.BatchUpdateAppHealthRequest.HealthUpdate;
import dev.cloister.contract.agent.BatchUpdateAppHealthResponse;
import dev.cloister.contract.agent.WorkspaceApp;
import dev.cloister.tunnel.drpc.DrpcException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Probes each app that asks for it and reports changes; of an app that changed twice unsent, only the newest. */
public final class HealthReporter {
    private static final Logger LOG = LoggerFactory.getLogger(HealthReporter.class);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Uplink uplink;
    private final Map<ByteString, AppHealth> unsent = new LinkedHashMap<>();

    public HealthReporter(Uplink uplink) {
        this.uplink = uplink;
    }

    public void start(List<WorkspaceApp> apps) {
        for (var app : apps) {
            if (!app.getHealthcheck().getUrl().isEmpty()) {
                Thread.ofVirtual().name("health").start(() -> watch(app));
            }
        }
        Thread.ofVirtual().name("health-sender").start(this::send);
    }

    private void watch(WorkspaceApp app) {
        try {
            var probe = HealthProbe.of(app.getHealthcheck().getUrl());
            watch(app, probe);
        } catch (IllegalArgumentException e) {
            LOG.warn("app {} is not checked: {}", app.getSlug(), e.getMessage());
            put(app.getId(), AppHealth.DISABLED);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(WorkspaceApp app, HealthProbe probe) throws InterruptedException {
        var interval = Times.orElse(app.getHealthcheck().getInterval(), USUAL, SHORTEST, LONGEST);
        int threshold = Math.max(1, app.getHealthcheck().getThreshold());
        var known = AppHealth.INITIALIZING;
        int failures = 0;
        while (true) {
            failures = probe.healthy() ? 0 : failures + 1;
            var now = failures == 0 ? AppHealth.HEALTHY : failures >= threshold ? AppHealth.UNHEALTHY : known;
            if (now != known) {
                put(app.getId(), now);
                known = now;
            }
            Thread.sleep(interval);
        }
    }

    private void send() {
        try {
            while (true) {
                var batch = take();
                if (!sent(batch)) {
                    putBack(batch);
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean sent(Map<ByteString, AppHealth> batch) throws InterruptedException {
        uplink.awaitConnection();
        var request = BatchUpdateAppHealthRequest.newBuilder();
        batch.forEach((id, health) ->
                request.addUpdates(HealthUpdate.newBuilder().setId(id).setHealth(health)));
        try {
            uplink.call(AgentRpc.BATCH_UPDATE_APP_HEALTHS, request.build(), BatchUpdateAppHealthResponse.parser());
            return true;
        } catch (DrpcException e) {
            LOG.warn("the server does not take the health of apps: {}", e.getMessage());
            return true;
        } catch (IOException e) {
            LOG.debug("the health of apps has to wait: {}", e.toString());
            return false;
        }
    }

    private synchronized void put(ByteString app, AppHealth health) {
        unsent.put(app, health);
        notifyAll();
    }

    private synchronized void putBack(Map<ByteString, AppHealth> batch) {
        batch.forEach(unsent::putIfAbsent);
    }

    private synchronized Map<ByteString, AppHealth> take() throws InterruptedException {
        while (unsent.isEmpty()) {
            wait();
        }
        var batch = new LinkedHashMap<>(unsent);
        unsent.clear();
        return batch;
    }
}
