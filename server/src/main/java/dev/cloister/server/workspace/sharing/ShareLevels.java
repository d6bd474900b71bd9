package dev.cloister.server.workspace.sharing;

import dev.cloister.contract.api.WorkspaceAgentPortShareLevel;
import dev.cloister.contract.api.WorkspaceAppSharingLevel;
import java.util.List;
import java.util.Locale;

/** To whom an app or a port is open, from the fewest to all: owner, organization, everybody signed in, the public. */
public final class ShareLevels {
    private static final List<String> ORDER = List.of("owner", "organization", "authenticated", "public");

    private ShareLevels() {}

    /** Whether a level goes no further than another. */
    static boolean within(WorkspaceAgentPortShareLevel level, WorkspaceAgentPortShareLevel most) {
        return rank(level) <= rank(most);
    }

    /**
     * What a level comes to under the maximum of a template. Whoever wrote the app's level into the template may not
     * have been who decides the maximum, and the maximum may have been lowered since.
     *
     * @param most as it is stored
     */
    public static WorkspaceAppSharingLevel effective(String level, String most) {
        String lower = ORDER.indexOf(level) <= ORDER.indexOf(most) ? level : most;
        return WorkspaceAppSharingLevel.valueOf(lower.toUpperCase(Locale.ROOT));
    }

    private static int rank(WorkspaceAgentPortShareLevel level) {
        return ORDER.indexOf(level.name().toLowerCase(Locale.ROOT));
    }
}
