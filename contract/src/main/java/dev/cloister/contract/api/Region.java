package dev.cloister.contract.api;

import java.util.UUID;

/** A place where applications and terminals are served. */
public record Region(
        UUID id,
        String name,
        String displayName,
        String iconUrl,
        boolean healthy,
        String pathAppUrl,
        String wildcardHostname) {}
