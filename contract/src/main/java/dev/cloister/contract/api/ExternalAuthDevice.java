package dev.cloister.contract.api;

/** A code that a person types in at a provider, with the time in seconds that it is good for. */
public record ExternalAuthDevice(
        String deviceCode, String userCode, String verificationUri, int expiresIn, int interval) {}
