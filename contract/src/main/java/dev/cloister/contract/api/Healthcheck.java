package dev.cloister.contract.api;

/** How an app is checked: every so many seconds, unwell after so many failures. */
public record Healthcheck(String url, int interval, int threshold) {}
