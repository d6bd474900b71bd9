package dev.cloister.server.identity;

import java.time.Duration;

/**
 * How long credentials live.
 *
 * @param session how long a session lives without use; each use renews it
 * @param maximum how long a session lives at most, used or not
 * @param maximumToken the longest life that a token can be given
 */
public record SessionSettings(Duration session, Duration maximum, Duration maximumToken) {}
