package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the files of a version come from. */
public enum ProvisionerStorageMethod {
    @JsonProperty("file")
    FILE
}
