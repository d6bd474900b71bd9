package dev.cloister.contract.api;

/** Whether login by GitHub is open. */
public record GithubAuthMethod(boolean enabled, boolean defaultProviderConfigured) {}
