package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How templates were used, in all and part by part. */
public record TemplateInsightsResponse(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TemplateInsightsReport report,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TemplateInsightsIntervalReport> intervalReports) {}
