package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the audit log can be proven at this moment, in words and in numbers.
 *
 * @param sentence all of it for a person
 * @param problem why events get no places in the tree, empty where they do
 * @param waiting how many events have no place yet, at most 10,000
 * @param entries how many entries the newest signed head has
 * @param checkpointAgeSeconds how old that head is; an old one is right where nothing has happened since
 */
public record AuditLogStatus(
        HealthSeverity severity,
        String sentence,
        String problem,
        long waiting,
        long entries,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant checkpointAt,
        long checkpointAgeSeconds,
        String key,
        List<AuditWitness> witnesses) {}
