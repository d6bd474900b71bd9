package dev.cloister.server.workspace;

import dev.cloister.contract.api.WorkspaceBuildUpdate;
import dev.cloister.server.access.Caller;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.Push;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Tells of the builds of all workspaces that somebody may see, as they begin and end. */
final class BuildsWatch {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);
    /** Past this, what is missed is missed: the next change of a workspace is told again. */
    private static final int MOST_WAITING = 10_000;

    private static final int MOST_REMEMBERED = 10_000;

    private final WorkspaceViews views;
    private final Events events;

    BuildsWatch(WorkspaceViews views, Events events) {
        this.views = views;
        this.events = events;
    }

    Push.Source watch(Caller caller) {
        return push -> watch(caller, push);
    }

    private void watch(Caller caller, Push push) throws IOException, InterruptedException {
        var changed = new LinkedBlockingQueue<String>(MOST_WAITING);
        var sent = new LinkedHashMap<UUID, WorkspaceBuildUpdate>();
        try (var _ = events.subscribe(Topics.WORKSPACE_CHANGED, id -> {
            if (!changed.contains(id)) {
                boolean unused = changed.offer(id);
            }
        })) {
            push.onEnd(() -> {
                boolean unused = changed.offer("");
            });
            while (push.isOpen()) {
                String id = changed.poll(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS);
                if (id == null) {
                    push.keepAlive();
                } else {
                    send(caller, id, sent, push);
                }
            }
        }
    }

    private void send(Caller caller, String id, Map<UUID, WorkspaceBuildUpdate> sent, Push push) throws IOException {
        Optional<WorkspaceBuildUpdate> update = update(caller, id);
        if (update.isPresent() && !update.get().equals(sent.put(update.get().workspaceId(), update.get()))) {
            push.send(update.get());
        }
        if (sent.size() > MOST_REMEMBERED) {
            sent.clear();
        }
    }

    /** Empty for what is no id, and for workspaces that the caller may not see. */
    private Optional<WorkspaceBuildUpdate> update(Caller caller, String id) {
        try {
            var workspace = views.get(caller, new WorkspaceId(UUID.fromString(id)), true);
            var build = workspace.latestBuild();
            return Optional.of(new WorkspaceBuildUpdate(
                    workspace.id(),
                    workspace.name(),
                    build.id(),
                    build.transition(),
                    build.job().status(),
                    build.buildNumber()));
        } catch (IllegalArgumentException | Failure e) {
            return Optional.empty();
        }
    }
}
