package dev.cloister.contract.api;

import java.util.List;

/** A page of workspaces, with the number of all that match. */
public record WorkspacesResponse(List<Workspace> workspaces, int count) {}
