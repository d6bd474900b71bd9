package dev.cloister.contract.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A new place for copies of the audit log. It is enabled unless said otherwise.
 *
 * @param fromIndex the first event to copy; the whole log where it is absent
 */
public record CreateAuditSinkRequest(
        String name,
        String transport,
        String format,
        @Nullable Boolean enabled,
        @Nullable Map<String, String> settings,
        @Nullable Map<String, SecretText> secrets,
        @Nullable Long fromIndex) {}
