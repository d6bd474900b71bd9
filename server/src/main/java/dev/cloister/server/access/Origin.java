package dev.cloister.server.access;

import java.util.UUID;

/**
 * Where a request came from; part of every audit event.
 *
 * @param address the client's address as far as trusted proxies tell it
 * @param userAgent bounded to 256 characters, may be empty
 * @param requestId also in the response's header and in the log
 */
public record Origin(String address, String userAgent, UUID requestId) {
    /** For work that no request asked for. */
    public static Origin internal() {
        return new Origin("", "", UUID.randomUUID());
    }
}
