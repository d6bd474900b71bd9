package dev.cloister.contract.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Which features are on. Cloister has no licences: everything it has is entitled. */
public record Entitlements(
        Map<String, Feature> features,
        List<String> warnings,
        List<String> errors,
        boolean hasLicense,
        boolean trial,
        boolean requireTelemetry,
        Instant refreshedAt) {}
