package dev.cloister.server.build;

import java.util.UUID;

/** The id of a job. It has no rights of its own: a job is reached through the build or the version it works for. */
public record JobId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
