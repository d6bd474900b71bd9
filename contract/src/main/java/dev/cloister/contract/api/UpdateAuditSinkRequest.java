package dev.cloister.contract.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to change of a place for copies of the audit log; absent for what is not.
 *
 * @param settings all settings that are not secret, in the place of those before
 * @param secrets those that are to change; an empty text takes one away
 */
public record UpdateAuditSinkRequest(
        @Nullable String format,
        @Nullable Boolean enabled,
        @Nullable Map<String, String> settings,
        @Nullable Map<String, SecretText> secrets) {}
