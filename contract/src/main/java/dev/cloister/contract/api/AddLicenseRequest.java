package dev.cloister.contract.api;

/** A licence to add. */
public record AddLicenseRequest(String license) {}
