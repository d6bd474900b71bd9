package dev.cloister.contract.api;

/** A value that whoever imports a version may set. */
public record TemplateVersionVariable(
        String name,
        String description,
        String type,
        String value,
        String defaultValue,
        boolean required,
        boolean sensitive) {}
