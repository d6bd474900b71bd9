package dev.cloister.contract.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where copies of the audit log go, and how far they are. Ours.
 *
 * @param settings without the secret ones
 * @param secrets the names of the secret settings that have a value
 * @param state {@code ok}, {@code lagging}, {@code failing} or {@code paused}
 * @param cursor the index of the first event that has not been taken yet
 * @param lagEvents how many events wait
 * @param lagSeconds the age of the oldest event that waits; 0 for none
 * @param failures how many attempts in a row have failed
 * @param lastError why the last failed attempt did, empty for none
 */
public record AuditSink(
        UUID id,
        String name,
        String transport,
        String format,
        boolean enabled,
        Map<String, String> settings,
        List<String> secrets,
        String state,
        long cursor,
        long lagEvents,
        long lagSeconds,
        int failures,
        String lastError,
        @Nullable Instant lastErrorAt,
        @Nullable Instant lastSuccessAt,
        Instant createdAt,
        Instant updatedAt) {}
