package dev.cloister.server.build;

import java.util.Map;
import java.util.UUID;

/**
 * A job to put into the queue.
 *
 * @param file the template's archive
 * @param input what it works on, in the owner's words; becomes JSON
 */
public record NewJob(JobId id, UUID organization, UUID initiator, JobType type, UUID file, Map<String, Object> input) {
    public NewJob {
        input = Map.copyOf(input);
    }
}
