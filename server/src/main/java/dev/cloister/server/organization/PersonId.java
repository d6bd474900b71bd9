package dev.cloister.server.organization;

import dev.cloister.server.access.ResourceId;
import dev.cloister.server.access.ResourceType;
import java.util.UUID;

/** A person, as far as membership is concerned: the accounts themselves are another feature's. */
record PersonId(UUID value) implements ResourceId {
    @Override
    public ResourceType type() {
        return ResourceType.USER;
    }
}
