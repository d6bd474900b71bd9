package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kind of an event. */
public enum ServerSentEventType {
    @JsonProperty("ping")
    PING,

    @JsonProperty("data")
    DATA,

    @JsonProperty("error")
    ERROR
}
