package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** The body of every refused request, and of those which only confirm. */
public record ApiError(
        String message,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String detail,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ValidationError> validations) {
    /** An error that has nothing to add to its message. */
    public static ApiError of(String message) {
        return new ApiError(message, "", List.of());
    }
}
