package dev.cloister.server.workspace;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.Workspace;
import dev.cloister.server.access.Caller;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.Push;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.platform.sql.Wakeup;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a workspace whenever something that its page shows has changed. */
final class WorkspaceWatch {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    /** Changes come in bursts; this long they are gathered. */
    private static final Duration GATHER = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceWatch.class);

    private final WorkspaceViews views;
    private final Events events;

    WorkspaceWatch(WorkspaceViews views, Events events) {
        this.views = views;
        this.events = events;
    }

    /** The workspace now and after each change, for as long as the caller may see it; decided before the first. */
    Push.Source watch(Caller caller, WorkspaceId id) {
        var unused = views.get(caller, id, true);
        return push -> watch(caller, id, push);
    }

    private void watch(Caller caller, WorkspaceId id, Push push) throws IOException, InterruptedException {
        try (var wakeup = Wakeup.on(events, Topics.WORKSPACE_CHANGED, id.value())) {
            push.onEnd(wakeup::wake);
            String sent = "";
            while (push.isOpen()) {
                sent = sendIfChanged(caller, id, push, sent);
                wakeup.await(LOOK_AGAIN);
                Thread.sleep(GATHER);
                push.keepAlive();
            }
        } catch (Failure.NotFound e) {
            LOG.debug("workspace {} can no longer be seen by who watched it", id.value());
        }
    }

    /** What the clock changes (an agent gone silent) no event tells, so that the whole is compared. */
    private String sendIfChanged(Caller caller, WorkspaceId id, Push push, String sent) throws IOException {
        try {
            Workspace now = views.get(caller, id, true);
            String text = ApiJson.mapper().writeValueAsString(now);
            if (!text.equals(sent)) {
                push.send(now);
            }
            return text;
        } catch (Failure.Unavailable e) {
            return sent;
        }
    }
}
