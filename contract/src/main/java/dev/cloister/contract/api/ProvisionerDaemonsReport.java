package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether anything builds. */
public record ProvisionerDaemonsReport(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error,
        HealthSeverity severity,
        List<HealthMessage> warnings,
        boolean dismissed,
        List<ProvisionerDaemonsReportItem> items) {}
