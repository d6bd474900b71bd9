package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who may open a port of a workspace. */
public enum WorkspaceAgentPortShareLevel {
    @JsonProperty("owner")
    OWNER,

    @JsonProperty("authenticated")
    AUTHENTICATED,

    @JsonProperty("organization")
    ORGANIZATION,

    @JsonProperty("public")
    PUBLIC
}
