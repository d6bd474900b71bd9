package dev.cloister.contract.api;

import java.util.List;

/** The parts of the health report that the operator has looked at and dismissed. */
public record HealthSettings(List<HealthSection> dismissedHealthchecks) {}
