package dev.cloister.contract.api;

/**
 * What was erased.
 *
 * @param events of how many events something was erased; each of them is proven as before
 */
public record ErasedFromAuditLog(long events) {}
