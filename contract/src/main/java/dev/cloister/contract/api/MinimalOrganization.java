package dev.cloister.contract.api;

import java.util.UUID;

/** An organization by its names. */
public record MinimalOrganization(UUID id, String name, String displayName, String icon) {}
