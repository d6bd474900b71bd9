package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether relays work; streams run through the server and need none. */
public record DERPHealthReport(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error,
        HealthSeverity severity,
        List<HealthMessage> warnings,
        boolean dismissed,
        boolean healthy,
        Map<String, Object> regions,
        List<String> netcheckLogs) {}
