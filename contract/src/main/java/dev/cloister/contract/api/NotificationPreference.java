package dev.cloister.contract.api;

import java.time.Instant;
import java.util.UUID;

/** Whether a person wants to be told a kind of thing; the id is that of its template. */
public record NotificationPreference(UUID id, boolean disabled, Instant updatedAt) {}
