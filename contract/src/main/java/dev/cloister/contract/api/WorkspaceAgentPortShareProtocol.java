package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is spoken on a shared port. */
public enum WorkspaceAgentPortShareProtocol {
    @JsonProperty("http")
    HTTP,

    @JsonProperty("https")
    HTTPS
}
