package dev.cloister.contract.api;

import java.util.List;

/** Every setting of the server: those with a place in the published form, and all of them one by one. */
public record DeploymentConfig(DeploymentValues config, List<DeploymentOption> options) {}
