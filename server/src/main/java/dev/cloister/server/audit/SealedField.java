package dev.cloister.server.audit;

import java.util.Locale;

/**
 * The parts of an event that can say something about a person, or that a person can fill with any text. The log holds to
 * them by salted commitments, so that they can be erased and every proof stays valid. Names and order are part of the
 * form of entries and never change.
 */
public enum SealedField {
    ACTOR_NAME,
    IP,
    USER_AGENT,
    RESOURCE_TARGET,
    DIFF,
    ADDITIONAL_FIELDS;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** As in the API. */
    public String wireName() {
        return wireName;
    }
}
