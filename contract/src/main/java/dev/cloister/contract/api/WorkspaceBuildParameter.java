package dev.cloister.contract.api;

/** The answer to a parameter. */
public record WorkspaceBuildParameter(String name, String value) {}
