package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the platform or the template brings an app. */
public enum TemplateAppsType {
    @JsonProperty("builtin")
    BUILTIN,

    @JsonProperty("app")
    APP
}
