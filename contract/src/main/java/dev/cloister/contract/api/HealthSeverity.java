package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How bad a finding of the health check is. */
public enum HealthSeverity {
    @JsonProperty("ok")
    OK,

    @JsonProperty("warning")
    WARNING,

    @JsonProperty("error")
    ERROR
}
