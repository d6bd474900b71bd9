package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who may open an app. */
public enum WorkspaceAppSharingLevel {
    @JsonProperty("owner")
    OWNER,

    @JsonProperty("authenticated")
    AUTHENTICATED,

    @JsonProperty("organization")
    ORGANIZATION,

    @JsonProperty("public")
    PUBLIC
}
