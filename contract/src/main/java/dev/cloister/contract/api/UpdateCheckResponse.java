package dev.cloister.contract.api;

/** Whether a newer version is known. The server asks nobody about it. */
public record UpdateCheckResponse(boolean current, String version, String url) {}
