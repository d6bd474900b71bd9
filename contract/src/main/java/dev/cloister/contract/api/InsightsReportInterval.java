package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How long each part of a report is. */
public enum InsightsReportInterval {
    @JsonProperty("day")
    DAY,

    @JsonProperty("week")
    WEEK
}
