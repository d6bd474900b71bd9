package dev.cloister.server.access;

import java.util.UUID;

/** The id of something protected. Each feature has its own record of it, so that ids of two kinds never mix. */
public interface ResourceId {
    UUID value();

    /** What kind of thing this names. */
    ResourceType type();

    /** Whether this names the thing itself or a part that is protected as the thing is. */
    default Part part() {
        return Part.WHOLE;
    }
}
