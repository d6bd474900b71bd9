package dev.cloister.contract.api;

import java.util.Map;

/** Changes with whom a workspace is shared: new roles by the id of a person or group. */
public record UpdateWorkspaceACL(Map<String, WorkspaceRole> userRoles, Map<String, WorkspaceRole> groupRoles) {}
