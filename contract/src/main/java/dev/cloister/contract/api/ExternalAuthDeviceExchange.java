package dev.cloister.contract.api;

/** Asks whether the code of a device was typed in. */
public record ExternalAuthDeviceExchange(SecretText deviceCode) {}
