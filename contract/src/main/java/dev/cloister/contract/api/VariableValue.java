package dev.cloister.contract.api;

/** The value of a template-wide variable. */
public record VariableValue(String name, String value) {}
