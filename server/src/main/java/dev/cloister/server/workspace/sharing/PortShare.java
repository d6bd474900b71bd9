package dev.cloister.server.workspace.sharing;

import dev.cloister.contract.api.WorkspaceAgentPortShare;
import dev.cloister.contract.api.WorkspaceAgentPortShareLevel;
import dev.cloister.contract.api.WorkspaceAgentPortShareProtocol;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.AuditedType;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** A port of a workspace that others may open. */
record PortShare(String agent, int port, WorkspaceAgentPortShareLevel level, WorkspaceAgentPortShareProtocol protocol) {

    WorkspaceAgentPortShare view(UUID workspace) {
        return new WorkspaceAgentPortShare(workspace, agent, port, level, protocol);
    }

    /** What is done to it is done to its workspace. */
    AuditEvent event(SharedPlace place, String outcome) {
        return new AuditEvent(
                AuditAction.WRITE,
                AuditedType.WORKSPACE,
                place.workspace(),
                place.name(),
                place.organization(),
                Map.of(),
                200,
                Map.of(
                        "port_share",
                        outcome,
                        "agent_name",
                        agent,
                        "port",
                        Integer.toString(port),
                        "share_level",
                        level.name().toLowerCase(Locale.ROOT)),
                null);
    }
}
