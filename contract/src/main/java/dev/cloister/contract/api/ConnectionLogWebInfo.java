package dev.cloister.contract.api;

import org.jspecify.annotations.Nullable;

/** A connection to an app or a port; the user is null for an anonymous one. */
public record ConnectionLogWebInfo(
        String userAgent, @Nullable User user, String slugOrPort, int statusCode) {}
