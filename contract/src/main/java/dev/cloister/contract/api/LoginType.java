package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a user proves who they are. */
public enum LoginType {
    @JsonProperty("")
    UNSET,

    @JsonProperty("password")
    PASSWORD,

    @JsonProperty("github")
    GITHUB,

    @JsonProperty("oidc")
    OIDC,

    @JsonProperty("token")
    TOKEN,

    @JsonProperty("none")
    NONE
}
