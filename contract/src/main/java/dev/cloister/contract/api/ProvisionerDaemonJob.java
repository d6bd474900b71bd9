package dev.cloister.contract.api;

import java.util.UUID;

/** A job that a provisioner works on or has worked on. */
public record ProvisionerDaemonJob(
        UUID id, ProvisionerJobStatus status, String templateName, String templateIcon, String templateDisplayName) {}
