package dev.cloister.contract.api;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Something that Cloister does not need and never has. */
public record License(int id, UUID uuid, Instant uploadedAt, Map<String, Object> claims) {}
