package dev.cloister.contract.api;

import org.jspecify.annotations.Nullable;

/** A notification to oneself. */
public record CustomNotificationRequest(@Nullable CustomNotificationContent content) {}
