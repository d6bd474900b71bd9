package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a build was made. */
public enum BuildReason {
    @JsonProperty("initiator")
    INITIATOR,

    @JsonProperty("autostart")
    AUTOSTART,

    @JsonProperty("autostop")
    AUTOSTOP,

    @JsonProperty("dormancy")
    DORMANCY,

    @JsonProperty("dashboard")
    DASHBOARD,

    @JsonProperty("cli")
    CLI,

    @JsonProperty("ssh_connection")
    SSH_CONNECTION,

    @JsonProperty("vscode_connection")
    VSCODE_CONNECTION,

    @JsonProperty("jetbrains_connection")
    JETBRAINS_CONNECTION,

    @JsonProperty("task_auto_pause")
    TASK_AUTO_PAUSE,

    @JsonProperty("task_manual_pause")
    TASK_MANUAL_PAUSE,

    @JsonProperty("task_resume")
    TASK_RESUME
}
