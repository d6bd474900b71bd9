package dev.cloister.contract.api;

/** One of the answers to choose from. */
public record PreviewParameterOption(String name, String description, NullHCLString value, String icon) {}
