package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A part of the health report. */
public enum HealthSection {
    @JsonProperty("DERP")
    DERP,

    @JsonProperty("AccessURL")
    ACCESS_URL,

    @JsonProperty("Websocket")
    WEBSOCKET,

    @JsonProperty("Database")
    DATABASE,

    @JsonProperty("WorkspaceProxy")
    WORKSPACE_PROXY,

    @JsonProperty("ProvisionerDaemons")
    PROVISIONER_DAEMONS,

    /** Ours. */
    @JsonProperty("AuditLog")
    AUDIT_LOG
}
