package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who wrote a line of a job log: the daemon or the engine it runs. */
public enum LogSource {
    @JsonProperty("provisioner_daemon")
    PROVISIONER_DAEMON,

    @JsonProperty("provisioner")
    PROVISIONER
}
