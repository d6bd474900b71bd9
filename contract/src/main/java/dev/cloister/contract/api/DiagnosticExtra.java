package dev.cloister.contract.api;

/** A word by which a client knows a remark. */
public record DiagnosticExtra(String code) {}
