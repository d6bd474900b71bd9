package dev.cloister.contract.api;

/** A remark on parameters or on one of them. */
public record FriendlyDiagnostic(DiagnosticSeverity severity, String summary, String detail, DiagnosticExtra extra) {}
