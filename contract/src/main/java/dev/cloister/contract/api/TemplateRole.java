package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What somebody may do with a template. */
public enum TemplateRole {
    @JsonProperty("admin")
    ADMIN,

    @JsonProperty("use")
    USE,

    /** Nothing: takes back what was given. */
    @JsonProperty("")
    NONE
}
