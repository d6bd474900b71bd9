package dev.cloister.contract.api;

import java.util.List;

/** One that builds. */
public record ProvisionerDaemonsReportItem(HealthProvisioner provisionerDaemon, List<HealthMessage> warnings) {}
