package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A built-in button beside an agent. */
public enum DisplayApp {
    @JsonProperty("vscode")
    VSCODE,

    @JsonProperty("vscode_insiders")
    VSCODE_INSIDERS,

    @JsonProperty("web_terminal")
    WEB_TERMINAL,

    @JsonProperty("port_forwarding_helper")
    PORT_FORWARDING_HELPER,

    @JsonProperty("ssh_helper")
    SSH_HELPER
}
