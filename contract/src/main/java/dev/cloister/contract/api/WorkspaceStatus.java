package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The state of a workspace, made from its latest build. */
public enum WorkspaceStatus {
    @JsonProperty("pending")
    PENDING,

    @JsonProperty("starting")
    STARTING,

    @JsonProperty("running")
    RUNNING,

    @JsonProperty("stopping")
    STOPPING,

    @JsonProperty("stopped")
    STOPPED,

    @JsonProperty("failed")
    FAILED,

    @JsonProperty("canceling")
    CANCELING,

    @JsonProperty("canceled")
    CANCELED,

    @JsonProperty("deleting")
    DELETING,

    @JsonProperty("deleted")
    DELETED
}
