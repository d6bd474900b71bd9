package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;

/** A web application, or a link, that belongs to an agent. */
public record WorkspaceApp(
        UUID id,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String url,
        boolean external,
        String slug,
        String displayName,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String command,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String icon,
        boolean subdomain,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String subdomainName,
        WorkspaceAppSharingLevel sharingLevel,
        Healthcheck healthcheck,
        WorkspaceAppHealth health,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String group,
        boolean hidden,
        WorkspaceAppOpenIn openIn,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String tooltip,
        List<WorkspaceAppStatus> statuses) {}
