package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whose workspaces can be shared within an organization. */
public enum ShareableWorkspaceOwners {
    @JsonProperty("none")
    NONE,

    @JsonProperty("everyone")
    EVERYONE,

    @JsonProperty("service_accounts")
    SERVICE_ACCOUNTS
}
