package dev.cloister.server.connection;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Caller;
import dev.cloister.server.connection.agent.AgentTarget;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.workspace.WorkspaceAgentId;
import dev.cloister.tunnel.mux.MuxStream;
import java.time.Duration;

/** Connects people to workspaces. */
public final class UserStreams {
    private static final Duration UPGRADE = Duration.ofSeconds(15);

    private final StreamOpener opener;
    private final LiveConnections live;
    private final ConnectionJournal journal;

    public UserStreams(StreamOpener opener, LiveConnections live, ConnectionJournal journal) {
        this.opener = opener;
        this.live = live;
        this.journal = journal;
    }

    /** The agent, for somebody who may connect to it. */
    AgentTarget find(Caller caller, WorkspaceAgentId agent) {
        return opener.find(caller, Action.SSH, agent);
    }

    /**
     * Opens the workspace's end, so that what goes wrong there is still an answer to the request; it is given up if the
     * person's WebSocket does not follow.
     */
    UserStream open(Caller.User caller, WorkspaceAgentId agent, Wanted wanted) {
        AgentTarget target = find(caller, agent);
        var holder = new LiveConnection.Holder(
                caller.credentialId(), caller.subject().id());
        LiveConnection connection =
                live.admit(holder, target.workspace(), () -> opener.objection(caller, Action.SSH, agent));
        try {
            // Asked again now that changes are heard: one that came in between is seen here.
            if (connection.objection().isPresent()) {
                throw new Failure.NotFound();
            }
            MuxStream stream = opener.open(caller, target, wanted);
            var opened = new UserStream(caller, target, wanted, stream, connection, journal);
            Thread.ofVirtual().name("stream-waiting").start(() -> giveUp(opened));
            return opened;
        } catch (RuntimeException e) {
            connection.ended();
            throw e;
        }
    }

    private static void giveUp(UserStream opened) {
        try {
            Thread.sleep(UPGRADE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        opened.abandon();
    }
}
