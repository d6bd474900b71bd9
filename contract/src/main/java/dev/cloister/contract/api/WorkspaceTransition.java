package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a build does with a workspace. */
public enum WorkspaceTransition {
    @JsonProperty("start")
    START,

    @JsonProperty("stop")
    STOP,

    @JsonProperty("delete")
    DELETE
}
