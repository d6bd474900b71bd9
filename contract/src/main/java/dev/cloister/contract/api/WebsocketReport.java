package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether WebSockets pass whatever stands before the server. */
public record WebsocketReport(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error,
        HealthSeverity severity,
        List<HealthMessage> warnings,
        boolean dismissed,
        boolean healthy,
        String body,
        int code) {}
