package dev.cloister.server.identity;

import java.time.Duration;

/**
 * How long credentials live.
 *
 * @param session how long a session lives without use; each use renews it
 * @param maximum how long a session lives at most, used or not
 * @param maximumToken the longest life that a token can be given
 * @param maximumOwnerToken the longest life of a token of an owner, who may do everything
 * @param usualToken the life of a token that nobody gave one
 */
public record SessionSettings(
        Duration session, Duration maximum, Duration maximumToken, Duration maximumOwnerToken, Duration usualToken) {
    /** The longest life of a token of a person. */
    Duration longestToken(boolean owner) {
        return owner && maximumOwnerToken.compareTo(maximumToken) < 0 ? maximumOwnerToken : maximumToken;
    }
}
