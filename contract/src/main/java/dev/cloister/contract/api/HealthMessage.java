package dev.cloister.contract.api;

/** What is wrong, with the code under which the operator finds more. */
public record HealthMessage(String code, String message) {}
