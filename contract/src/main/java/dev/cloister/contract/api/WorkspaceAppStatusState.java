package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an app of a workspace is doing. */
public enum WorkspaceAppStatusState {
    @JsonProperty("working")
    WORKING,

    @JsonProperty("idle")
    IDLE,

    @JsonProperty("complete")
    COMPLETE,

    @JsonProperty("failure")
    FAILURE
}
