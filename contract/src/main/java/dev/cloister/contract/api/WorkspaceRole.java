package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What somebody may do with a workspace that is shared with them. */
public enum WorkspaceRole {
    /** Everything but delete it. */
    @JsonProperty("admin")
    ADMIN,

    /** See it, start and stop it, and work in it. */
    @JsonProperty("use")
    USE,

    /** Nothing any more. */
    @JsonProperty("")
    DELETED
}
