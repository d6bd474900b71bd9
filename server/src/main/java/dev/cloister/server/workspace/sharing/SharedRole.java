package dev.cloister.server.workspace.sharing;

import dev.cloister.contract.api.WorkspaceRole;
import dev.cloister.server.access.Action;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the roles of shared workspaces allow: lists of actions, as they are stored. */
final class SharedRole {
    private static final Set<Action> USE =
            EnumSet.of(Action.APPLICATION_CONNECT, Action.READ, Action.SSH, Action.START, Action.STOP);
    private static final Set<Action> ADMIN = EnumSet.of(
            Action.APPLICATION_CONNECT,
            Action.CREATE,
            Action.CREATE_AGENT,
            Action.DELETE_AGENT,
            Action.READ,
            Action.SHARE,
            Action.SSH,
            Action.START,
            Action.STOP,
            Action.UPDATE,
            Action.UPDATE_AGENT);

    private SharedRole() {}

    /** The actions of a role, sorted; empty for none. */
    static List<String> actions(WorkspaceRole role) {
        return switch (role) {
            case ADMIN -> names(ADMIN);
            case USE -> names(USE);
            case DELETED -> List.of();
        };
    }

    private static List<String> names(Set<Action> actions) {
        return actions.stream().map(Action::wireName).sorted().toList();
    }

    /** The role that stored actions come from. */
    static WorkspaceRole of(List<String> actions) {
        boolean shares = actions.contains(Action.SHARE.wireName()) || actions.contains("*");
        return shares ? WorkspaceRole.ADMIN : WorkspaceRole.USE;
    }

    /** The name of a role on the wire. */
    static String name(WorkspaceRole role) {
        return switch (role) {
            case ADMIN -> "admin";
            case USE -> "use";
            case DELETED -> "";
        };
    }
}
