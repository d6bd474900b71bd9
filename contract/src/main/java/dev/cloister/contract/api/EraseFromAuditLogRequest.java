package dev.cloister.contract.api;

import java.util.UUID;

/**
 * Asks to erase what the audit log says of a person.
 *
 * @param userId whose account has been deleted
 * @param reason why, for the event that tells of it
 */
public record EraseFromAuditLogRequest(UUID userId, String reason) {}
