package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether an agent is connected to the server. */
public enum WorkspaceAgentStatus {
    @JsonProperty("connecting")
    CONNECTING,

    @JsonProperty("connected")
    CONNECTED,

    @JsonProperty("disconnected")
    DISCONNECTED,

    @JsonProperty("timeout")
    TIMEOUT
}
