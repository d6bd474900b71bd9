package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a group was made by people or by the identity provider. */
public enum GroupSource {
    @JsonProperty("user")
    USER,

    @JsonProperty("oidc")
    OIDC
}
