package dev.cloister.server.workspace;

import dev.cloister.server.access.Caller;

/** Something that the server does to workspaces by itself, as a named job with the few rights that it takes. */
interface Duty {
    /** What makes a workspace due for it. */
    Due due();

    /** On whose authority. */
    Caller.Job caller();

    /** Does it to a workspace that was found to be due; looks again, with the row locked, whether it still is. */
    void act(WorkspaceId id);
}
