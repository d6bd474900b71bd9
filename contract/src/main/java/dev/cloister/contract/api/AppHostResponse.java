package dev.cloister.contract.api;

/** The wildcard host of apps, for example "*.apps.example.com"; empty when there is none. */
public record AppHostResponse(String host) {}
