package dev.cloister.contract.api;

import java.time.Instant;

/** How many people had a status at a moment. */
public record UserStatusChangeCount(Instant date, long count) {}
