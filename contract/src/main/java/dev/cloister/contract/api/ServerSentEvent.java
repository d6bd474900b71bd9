package dev.cloister.contract.api;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An event of a stream: a sign of life, data, or the error that ends it. */
public record ServerSentEvent(
        ServerSentEventType type, @Nullable JsonNode data) {}
