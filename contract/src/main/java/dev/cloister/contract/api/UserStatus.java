package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a user may use the deployment; a dormant user becomes active by the next login. */
public enum UserStatus {
    @JsonProperty("active")
    ACTIVE,

    @JsonProperty("dormant")
    DORMANT,

    @JsonProperty("suspended")
    SUSPENDED
}
