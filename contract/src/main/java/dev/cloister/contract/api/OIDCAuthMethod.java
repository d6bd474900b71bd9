package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether login by OpenID Connect is open, and how its button looks. */
public record OIDCAuthMethod(
        boolean enabled,
        @JsonProperty("signInText") String signInText,
        @JsonProperty("iconUrl") String iconUrl) {}
