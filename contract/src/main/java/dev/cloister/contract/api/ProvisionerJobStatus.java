package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a job is in its life. */
public enum ProvisionerJobStatus {
    @JsonProperty("pending")
    PENDING,

    @JsonProperty("running")
    RUNNING,

    @JsonProperty("succeeded")
    SUCCEEDED,

    @JsonProperty("canceling")
    CANCELING,

    @JsonProperty("canceled")
    CANCELED,

    @JsonProperty("failed")
    FAILED,

    @JsonProperty("unknown")
    UNKNOWN
}
