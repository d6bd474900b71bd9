package dev.cloister.contract.api;

import java.util.List;

/** Where the log goes, by its form; empty for not at all. */
public record LoggingConfig(String human, String json, List<String> logFilter, String stackdriver) {}
