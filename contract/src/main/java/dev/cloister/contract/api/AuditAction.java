package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What was done. The last four are written by older versions only. */
public enum AuditAction {
    @JsonProperty("create")
    CREATE,

    @JsonProperty("write")
    WRITE,

    @JsonProperty("delete")
    DELETE,

    @JsonProperty("start")
    START,

    @JsonProperty("stop")
    STOP,

    @JsonProperty("login")
    LOGIN,

    @JsonProperty("logout")
    LOGOUT,

    @JsonProperty("register")
    REGISTER,

    @JsonProperty("request_password_reset")
    REQUEST_PASSWORD_RESET,

    @JsonProperty("connect")
    CONNECT,

    @JsonProperty("disconnect")
    DISCONNECT,

    @JsonProperty("open")
    OPEN,

    @JsonProperty("close")
    CLOSE,

    /** Ours: something was read that is not read every day, such as a secret or the log itself. */
    @JsonProperty("read")
    READ
}
