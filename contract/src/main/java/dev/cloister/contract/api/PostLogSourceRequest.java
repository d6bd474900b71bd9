package dev.cloister.contract.api;

import java.util.UUID;

/** A new source of lines of an agent's log; the same id again is the same source. */
public record PostLogSourceRequest(UUID id, String displayName, String icon) {}
