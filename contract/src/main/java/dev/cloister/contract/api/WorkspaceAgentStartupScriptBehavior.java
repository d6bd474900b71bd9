package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether logins wait for the start-up scripts. */
public enum WorkspaceAgentStartupScriptBehavior {
    @JsonProperty("blocking")
    BLOCKING,

    @JsonProperty("non-blocking")
    NON_BLOCKING
}
