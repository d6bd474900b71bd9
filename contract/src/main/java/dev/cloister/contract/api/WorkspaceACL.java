package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** With whom a workspace is shared. */
public record WorkspaceACL(
        List<WorkspaceUser> users, @JsonProperty("group") List<WorkspaceGroup> groups) {}
