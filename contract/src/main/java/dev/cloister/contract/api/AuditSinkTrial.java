package dev.cloister.contract.api;

/**
 * What became of sending the newest signed head to a place for copies of the audit log.
 *
 * @param error why it was not taken, empty where it was
 */
public record AuditSinkTrial(boolean delivered, String error) {}
