package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The ways in which this deployment can send, and the one it takes where nothing else is said. */
public record NotificationMethodsResponse(
        List<String> available, @JsonProperty("default") String defaultMethod) {}
