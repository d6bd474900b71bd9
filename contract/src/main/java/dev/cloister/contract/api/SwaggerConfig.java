package dev.cloister.contract.api;

/** Whether the API document can be read here. */
public record SwaggerConfig(boolean enable) {}
