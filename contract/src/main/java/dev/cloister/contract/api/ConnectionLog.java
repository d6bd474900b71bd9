package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A connection to a workspace. */
public record ConnectionLog(
        UUID id,
        Instant connectTime,
        MinimalOrganization organization,
        UUID workspaceOwnerId,
        String workspaceOwnerUsername,
        UUID workspaceId,
        String workspaceName,
        String agentName,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String ip,
        ConnectionType type,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ConnectionLogWebInfo webInfo,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ConnectionLogSSHInfo sshInfo) {}
