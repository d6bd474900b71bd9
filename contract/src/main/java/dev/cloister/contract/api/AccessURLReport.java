package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the server can be reached at the address that people and agents use. */
public record AccessURLReport(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error,
        HealthSeverity severity,
        List<HealthMessage> warnings,
        boolean dismissed,
        boolean healthy,
        String accessUrl,
        boolean reachable,
        int statusCode,
        String healthzResponse) {}
