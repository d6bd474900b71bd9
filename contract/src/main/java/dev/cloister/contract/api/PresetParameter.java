package dev.cloister.contract.api;

/** One answer of a preset. */
public record PresetParameter(String name, String value) {}
