package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A connection that has a beginning and an end. The user is who the ticket of the stream was made for. */
public record ConnectionLogSSHInfo(
        UUID connectionId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant disconnectTime,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String disconnectReason,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer exitCode,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MinimalUser user) {}
