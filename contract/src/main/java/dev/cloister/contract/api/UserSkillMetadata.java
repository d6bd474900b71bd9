package dev.cloister.contract.api;

import java.time.Instant;
import java.util.UUID;

/** A skill of a person in a list. */
public record UserSkillMetadata(UUID id, String name, String description, Instant createdAt, Instant updatedAt) {}
