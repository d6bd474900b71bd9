package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A change of how workspaces are shared. Older clients only know whether sharing is disabled. */
public record UpdateWorkspaceSharingSettingsRequest(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean sharingDisabled,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ShareableWorkspaceOwners shareableWorkspaceOwners) {}
