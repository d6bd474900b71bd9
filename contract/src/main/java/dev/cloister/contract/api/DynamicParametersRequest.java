package dev.cloister.contract.api;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers that somebody is about to give; the response carries the same number. */
public record DynamicParametersRequest(
        long id, Map<String, String> inputs, @Nullable UUID ownerId) {
    /** Takes the all-zero identifier, which existing clients send for "me", as absent. */
    public DynamicParametersRequest {
        ownerId = ZeroValues.absentIfZero(ownerId);
    }
}
