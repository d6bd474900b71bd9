package dev.cloister.agent.control;

import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.agent.Lifecycle.State;
import dev.cloister.contract.agent.UpdateLifecycleRequest;
import dev.cloister.tunnel.drpc.DrpcClient;
import java.io.IOException;
import java.time.Clock;

/** Where the workspace stands between starting and off; every change is reported, and the last one on each session. */
public final class Lifecycle {
    private final ReportQueue reports;
    private final Clock clock;
    private dev.cloister.contract.agent.Lifecycle current;

    public Lifecycle(ReportQueue reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
        this.current = at(State.CREATED);
    }

    public synchronized void enter(State state) {
        current = at(state);
        reports.add(AgentRpc.UPDATE_LIFECYCLE, request());
    }

    public synchronized State state() {
        return current.getState();
    }

    /** Says on a new session where the workspace stands, unless reports that still wait will end by saying so. */
    public void announce(DrpcClient server) throws IOException {
        if (!reports.isEmpty()) {
            return;
        }
        UpdateLifecycleRequest request;
        synchronized (this) {
            request = request();
        }
        Uplink.call(server, AgentRpc.UPDATE_LIFECYCLE, request, dev.cloister.contract.agent.Lifecycle.parser());
    }

    private UpdateLifecycleRequest request() {
        return UpdateLifecycleRequest.newBuilder().setLifecycle(current).build();
    }

    private dev.cloister.contract.agent.Lifecycle at(State state) {
        return dev.cloister.contract.agent.Lifecycle.newBuilder()
                .setState(state)
                .setChangedAt(Times.timestamp(clock.instant()))
                .build();
    }
}
