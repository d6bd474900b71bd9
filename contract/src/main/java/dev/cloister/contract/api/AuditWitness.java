package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A witness of the audit log that the operator named.
 *
 * @param entries how many entries the last head has that it cosigned, 0 for none
 */
public record AuditWitness(
        String name,
        String key,
        long entries,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant cosignedAt) {}
