package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which part of a build took its time. */
public enum TimingStage {
    @JsonProperty("init")
    INIT,

    @JsonProperty("plan")
    PLAN,

    @JsonProperty("graph")
    GRAPH,

    @JsonProperty("apply")
    APPLY,

    @JsonProperty("start")
    START,

    @JsonProperty("stop")
    STOP,

    @JsonProperty("cron")
    CRON,

    @JsonProperty("connect")
    CONNECT
}
