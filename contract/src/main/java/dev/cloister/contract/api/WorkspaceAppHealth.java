package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The state of an app as its checks see it. */
public enum WorkspaceAppHealth {
    @JsonProperty("disabled")
    DISABLED,

    @JsonProperty("initializing")
    INITIALIZING,

    @JsonProperty("healthy")
    HEALTHY,

    @JsonProperty("unhealthy")
    UNHEALTHY
}
