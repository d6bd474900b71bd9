package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a job does. */
public enum ProvisionerJobType {
    @JsonProperty("template_version_import")
    TEMPLATE_VERSION_IMPORT,

    @JsonProperty("workspace_build")
    WORKSPACE_BUILD,

    @JsonProperty("template_version_dry_run")
    TEMPLATE_VERSION_DRY_RUN
}
