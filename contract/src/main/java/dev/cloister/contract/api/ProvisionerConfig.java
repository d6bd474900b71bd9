package dev.cloister.contract.api;

import java.util.List;

/** How builds are run in the server itself. */
public record ProvisionerConfig(int daemons, List<String> daemonTypes) {}
