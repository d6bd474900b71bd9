package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far an agent has come with its scripts. */
public enum WorkspaceAgentLifecycle {
    @JsonProperty("created")
    CREATED,

    @JsonProperty("starting")
    STARTING,

    @JsonProperty("start_timeout")
    START_TIMEOUT,

    @JsonProperty("start_error")
    START_ERROR,

    @JsonProperty("ready")
    READY,

    @JsonProperty("shutting_down")
    SHUTTING_DOWN,

    @JsonProperty("shutdown_timeout")
    SHUTDOWN_TIMEOUT,

    @JsonProperty("shutdown_error")
    SHUTDOWN_ERROR,

    @JsonProperty("off")
    OFF
}
