package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a workspace moves to the active version of its template when it starts. */
public enum AutomaticUpdates {
    @JsonProperty("always")
    ALWAYS,

    @JsonProperty("never")
    NEVER
}
