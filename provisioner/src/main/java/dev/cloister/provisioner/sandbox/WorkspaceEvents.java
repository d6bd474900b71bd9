package dev.cloister.provisioner.sandbox;

import java.util.UUID;

/** Hears what happens to workspaces outside of builds. Must be quick. */
@FunctionalInterface
public interface WorkspaceEvents {
    WorkspaceEvents NONE = (workspaceId, kind, message) -> {};

    void happened(UUID workspaceId, Kind kind, String message);

    /** What happened. */
    enum Kind {
        /** The agent or its sandbox died and was launched again. */
        RELAUNCHED,
        /** It died and could not be launched again. */
        LOST,
        /** It was stopped because its home outgrew its limit where no file system enforces it. */
        DISK_EXCEEDED
    }
}
