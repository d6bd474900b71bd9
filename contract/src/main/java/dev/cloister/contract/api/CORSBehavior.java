package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who answers cross-origin preflight requests to an app: the platform or the app itself. */
public enum CORSBehavior {
    @JsonProperty("simple")
    SIMPLE,

    @JsonProperty("passthru")
    PASSTHRU
}
