package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a deployment may use a feature. */
public enum Entitlement {
    @JsonProperty("entitled")
    ENTITLED,

    @JsonProperty("grace_period")
    GRACE_PERIOD,

    @JsonProperty("not_entitled")
    NOT_ENTITLED
}
