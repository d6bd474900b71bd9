package dev.cloister.server.workspace;

import dev.cloister.contract.api.ConnectionWatchEvent;
import dev.cloister.contract.api.Workspace;
import dev.cloister.contract.api.WorkspaceAgent;
import dev.cloister.server.access.Caller;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.Push;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.platform.sql.Wakeup;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells somebody who wants to connect to a workspace how its build and its agents come along. */
final class ConnectionWatch {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final WorkspaceViews views;
    private final Events events;

    ConnectionWatch(WorkspaceViews views, Events events) {
        this.views = views;
        this.events = events;
    }

    /** What there is now and each change, for as long as the caller may see it; decided before the first. */
    Push.Source watch(Caller caller, WorkspaceId id) {
        var unused = views.get(caller, id, false);
        return push -> watch(caller, id, push);
    }

    private void watch(Caller caller, WorkspaceId id, Push push) throws IOException, InterruptedException {
        var sent = new Sent();
        try (var wakeup = Wakeup.on(events, Topics.WORKSPACE_CHANGED, id.value())) {
            push.onEnd(wakeup::wake);
            while (push.isOpen()) {
                sent.send(views.get(caller, id, true), push);
                wakeup.await(LOOK_AGAIN);
                push.keepAlive();
            }
        } catch (Failure e) {
            // It can no longer be seen: the connection ends without a word.
            return;
        }
    }

    private static final class Sent {
        private ConnectionWatchEvent.@Nullable BuildUpdate build;
        private final Map<UUID, ConnectionWatchEvent.AgentUpdate> agents = new HashMap<>();

        void send(Workspace now, Push push) throws IOException {
            var update = new ConnectionWatchEvent.BuildUpdate(
                    now.latestBuild().transition(), now.latestBuild().job().status());
            if (!update.equals(build)) {
                build = update;
                push.send(ConnectionWatchEvent.of(update));
            }
            for (var resource : now.latestBuild().resources()) {
                for (WorkspaceAgent agent : resource.agents()) {
                    var known = new ConnectionWatchEvent.AgentUpdate(agent.lifecycleState(), agent.id());
                    if (!known.equals(agents.put(agent.id(), known))) {
                        push.send(ConnectionWatchEvent.of(known));
                    }
                }
            }
        }
    }
}
