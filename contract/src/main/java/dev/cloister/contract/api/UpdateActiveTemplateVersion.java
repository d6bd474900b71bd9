package dev.cloister.contract.api;

import java.util.UUID;

/** The version that new workspaces shall use from now on. */
public record UpdateActiveTemplateVersion(UUID id) {}
