package dev.cloister.contract.api;

import java.util.List;

/** A page of the audit log. Counting stops at the cap. */
public record AuditLogResponse(List<AuditLog> auditLogs, long count, long countCap) {}
