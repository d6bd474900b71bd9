package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who keeps the members of a group. */
public enum GroupSource {
    @JsonProperty("user")
    USER,

    @JsonProperty("oidc")
    OIDC
}
