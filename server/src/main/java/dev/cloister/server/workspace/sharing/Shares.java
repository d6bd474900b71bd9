package dev.cloister.server.workspace.sharing;

import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.Audited.Ignored;
import dev.cloister.server.audit.Audited.Tracked;
import dev.cloister.server.audit.AuditedType;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * With whom a workspace is shared.
 *
 * @param userAcl lists of actions by the id of a person
 * @param groupAcl the same by the id of a group, where that of the organization means everyone in it
 */
record Shares(
        @Ignored UUID workspace,
        @Ignored String name,
        @Ignored UUID organization,
        @Ignored UUID owner,
        @Ignored boolean deleted,
        @Tracked Map<String, List<String>> userAcl,
        @Tracked Map<String, List<String>> groupAcl)
        implements Audited {
    Shares {
        userAcl = Map.copyOf(userAcl);
        groupAcl = Map.copyOf(groupAcl);
    }

    Shares with(Map<String, List<String>> users, Map<String, List<String>> groups) {
        return new Shares(workspace, name, organization, owner, deleted, users, groups);
    }

    @Override
    public AuditedType auditedType() {
        return AuditedType.WORKSPACE;
    }

    @Override
    public UUID auditedId() {
        return workspace;
    }

    @Override
    public String auditedName() {
        return name;
    }

    @Override
    public UUID auditedOrganization() {
        return organization;
    }
}
