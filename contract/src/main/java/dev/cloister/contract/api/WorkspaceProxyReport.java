package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether workspace proxies work; there are none in this version. */
public record WorkspaceProxyReport(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error,
        HealthSeverity severity,
        List<HealthMessage> warnings,
        boolean dismissed,
        boolean healthy,
        RegionsResponse workspaceProxies) {}
