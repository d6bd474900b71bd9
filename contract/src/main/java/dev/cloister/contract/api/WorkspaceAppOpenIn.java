package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the dashboard opens an app. */
public enum WorkspaceAppOpenIn {
    @JsonProperty("slim-window")
    SLIM_WINDOW,

    @JsonProperty("tab")
    TAB
}
