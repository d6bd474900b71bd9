package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a remark stands in the way. */
public enum DiagnosticSeverity {
    @JsonProperty("error")
    ERROR,

    @JsonProperty("warning")
    WARNING
}
