package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The first administrator of an empty deployment. The set-up token is the one of the link which the server prints; it
 * is needed unless the server listens on loopback only.
 */
public record CreateFirstUserRequest(
        String email,
        String username,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String name,
        SecretText password,
        boolean trial,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SecretText setupToken) {}
