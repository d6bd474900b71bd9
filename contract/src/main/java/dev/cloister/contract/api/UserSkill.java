package dev.cloister.contract.api;

import java.time.Instant;
import java.util.UUID;

/** A skill of a person, with its document. */
public record UserSkill(
        UUID id, String name, String description, String content, Instant createdAt, Instant updatedAt) {}
