package dev.cloister.contract.api;

/** One of the answers which a parameter allows. */
public record TemplateVersionParameterOption(String name, String description, String value, String icon) {}
