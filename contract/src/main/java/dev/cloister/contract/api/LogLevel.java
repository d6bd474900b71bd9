package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How important a log line is. */
public enum LogLevel {
    @JsonProperty("trace")
    TRACE,

    @JsonProperty("debug")
    DEBUG,

    @JsonProperty("info")
    INFO,

    @JsonProperty("warn")
    WARN,

    @JsonProperty("error")
    ERROR
}
