package dev.cloister.agent.control;

import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.agent.Stats;
import dev.cloister.contract.agent.UpdateStatsRequest;
import dev.cloister.contract.agent.UpdateStatsResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the server how many sessions there are and how much has passed, as often as it asks for. */
public final class StatsReporter {
    private static final Logger LOG = LoggerFactory.getLogger(StatsReporter.class);
    private static final Duration USUAL = Duration.ofSeconds(30);

    private final Uplink uplink;
    private final Supplier<Stats> stats;
    /** Of the last report: the part of a user's latency that lies between agent and server. */
    private double roundTripMillis;

    public StatsReporter(Uplink uplink, Supplier<Stats> stats) {
        this.uplink = uplink;
        this.stats = stats;
    }

    /** Reports until the thread is interrupted. */
    public void run() throws InterruptedException {
        // A request without statistics only asks for the interval.
        var request = UpdateStatsRequest.getDefaultInstance();
        while (true) {
            uplink.awaitConnection();
            Thread.sleep(report(request));
            var measured = stats.get().toBuilder().setConnectionMedianLatencyMs(roundTripMillis);
            request = UpdateStatsRequest.newBuilder().setStats(measured).build();
        }
    }

    private Duration report(UpdateStatsRequest request) {
        try {
            long begin = System.nanoTime();
            var reply = uplink.call(AgentRpc.UPDATE_STATS, request, UpdateStatsResponse.parser());
            roundTripMillis = (System.nanoTime() - begin) / 1e6;
            return Times.orElse(reply.getReportInterval(), USUAL, Duration.ofSeconds(1), Duration.ofHours(1));
        } catch (IOException e) {
            LOG.debug("statistics were not taken: {}", e.toString());
            return USUAL;
        }
    }
}
