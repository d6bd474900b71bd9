package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;

/** The identifier by which an uploaded file is named afterwards. (The wire calls it "hash".) */
public record UploadResponse(@JsonProperty("hash") UUID id) {}
