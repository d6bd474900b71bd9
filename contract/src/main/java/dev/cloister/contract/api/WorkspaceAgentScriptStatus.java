package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a script ended. */
public enum WorkspaceAgentScriptStatus {
    @JsonProperty("ok")
    OK,

    @JsonProperty("exit_failure")
    EXIT_FAILURE,

    @JsonProperty("timed_out")
    TIMED_OUT,

    @JsonProperty("pipes_left_open")
    PIPES_LEFT_OPEN
}
