package dev.cloister.contract.api;

/** The last value that somebody gave a parameter. */
public record UserParameter(String name, String value) {}
