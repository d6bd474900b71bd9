package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Through which door somebody came. */
public enum ConnectionType {
    @JsonProperty("ssh")
    SSH,

    @JsonProperty("vscode")
    VSCODE,

    @JsonProperty("jetbrains")
    JETBRAINS,

    @JsonProperty("reconnecting_pty")
    RECONNECTING_PTY,

    @JsonProperty("workspace_app")
    WORKSPACE_APP,

    @JsonProperty("port_forwarding")
    PORT_FORWARDING
}
