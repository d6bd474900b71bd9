package dev.cloister.contract.api;

/**
 * How workspaces are shared in an organization.
 *
 * @param sharingGloballyDisabled whether the whole deployment forbids it, whatever the organization says
 * @param sharingDisabled the same as owners {@code none}, for older clients
 */
public record WorkspaceSharingSettings(
        boolean sharingGloballyDisabled, boolean sharingDisabled, ShareableWorkspaceOwners shareableWorkspaceOwners) {}
