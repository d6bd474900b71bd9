package dev.cloister.contract.api;

/** Where an application of a provider is installed. */
public record ExternalAuthAppInstallation(long id, ExternalAuthUser account, String configureUrl) {}
