package dev.cloister.server.access;

import java.util.UUID;

/** The id of something protected. Each feature has its own record of it, so that ids of two kinds never mix. */
public interface ResourceId {
    UUID value();

    /** What kind of thing this names. */
    ResourceType type();
}
