package dev.cloister.contract.api;

/** How often a parameter was given a value. */
public record TemplateParameterValue(String value, long count) {}
