package dev.cloister.contract.api;

/** Whether a password would be accepted, and what is wrong with it. */
public record ValidateUserPasswordResponse(boolean valid, String details) {}
