package dev.cloister.contract.api;

/** Whether one way to log in is open. */
public record AuthMethod(boolean enabled) {}
