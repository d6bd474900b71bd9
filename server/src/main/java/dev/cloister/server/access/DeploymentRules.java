package dev.cloister.server.access;

/**
 * What an operator takes from built-in roles for the whole deployment.
 *
 * @param ownerWorkspaceAccess whether owners may connect to everybody's workspaces
 * @param workspaceSharing whether any workspace may be shared
 */
public record DeploymentRules(boolean ownerWorkspaceAccess, boolean workspaceSharing) {
    /** Nothing taken away. */
    public static final DeploymentRules STANDARD = new DeploymentRules(true, true);
}
