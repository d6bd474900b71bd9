package dev.cloister.contract.api;

/** Where something listens. */
public record HostPort(String host, String port) {}
