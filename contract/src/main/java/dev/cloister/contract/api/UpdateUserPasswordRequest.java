package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A new password; people who change their own must give the old one. */
public record UpdateUserPasswordRequest(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SecretText oldPassword, SecretText password) {}
