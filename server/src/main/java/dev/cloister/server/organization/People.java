package dev.cloister.server.organization;

import dev.cloister.server.access.Caller;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.UUID;

/** Finds the person that a path names: {@code me}, an id, or a username. The id it returns is no permit. */
@FunctionalInterface
public interface People {
    /** @throws dev.cloister.server.platform.Failure.NotFound where no name is theirs */
    UUID find(ReadTx tx, Caller caller, String name);
}
