package dev.cloister.contract.api;

import java.time.Instant;
import java.util.UUID;

/** The public half of somebody's SSH key for Git. */
public record GitSSHKey(UUID userId, Instant createdAt, Instant updatedAt, String publicKey) {}
