package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What else runs beside an agent. */
public enum AgentSubsystem {
    @JsonProperty("envbox")
    ENVBOX,

    @JsonProperty("envbuilder")
    ENVBUILDER,

    @JsonProperty("exectrace")
    EXECTRACE
}
