package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a provisioner does now. */
public enum ProvisionerDaemonStatus {
    @JsonProperty("offline")
    OFFLINE,

    @JsonProperty("idle")
    IDLE,

    @JsonProperty("busy")
    BUSY
}
