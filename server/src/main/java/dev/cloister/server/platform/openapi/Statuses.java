package dev.cloister.server.platform.openapi;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What each status means in this API. */
final class Statuses {
    /** The failures that every operation of a kind has in common. */
    static final List<Integer> FAILURES = List.of(400, 401, 403, 404, 413, 429);

    private Statuses() {}

    static SortedMap<String, Object> failures() {
        var responses = new TreeMap<String, Object>();
        for (int status : FAILURES) {
            responses.put(
                    Integer.toString(status),
                    Schemas.ordered(
                            "description",
                            meaning(status),
                            "content",
                            java.util.Map.of(
                                    "application/json",
                                    java.util.Map.of(
                                            "schema", java.util.Map.of("$ref", "#/components/schemas/ApiError")))));
        }
        return responses;
    }

    static String meaning(int status) {
        return switch (status) {
            case 101 -> "The connection becomes a WebSocket, whose messages have this form";
            case 200 -> "Done";
            case 201 -> "Created";
            case 202 -> "Begun; it goes on after the answer";
            case 204 -> "Done; there is nothing to tell";
            case 303, 307 -> "Go on at the address in Location";
            case 304 -> "Nothing changed since the ETag that was sent";
            case 400 -> "The request is wrong; validations name the fields";
            case 401 -> "No valid credential came with the request";
            case 403 -> "The caller may see it and may not do this to it";
            case 404 -> "Missing, or not for the eyes of the caller";
            case 409 -> "The state of things does not allow it now, or a name is taken";
            case 410 -> "It was there and is deleted";
            case 412 -> "The state that the caller named does not hold";
            case 413 -> "The body is larger than this operation takes";
            case 429 -> "Too often; Retry-After says when the next attempt can succeed";
            case 501 -> "Planned, and not there yet";
            default -> "Status " + status;
        };
    }
}
