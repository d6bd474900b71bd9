package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.sandbox.ProcessTable.Identity;
import dev.cloister.provisioner.sandbox.WorkspaceDirectory.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the engine notes about a running workspace, to find it again after a restart. */
final class Records {
    private static final Logger LOG = LoggerFactory.getLogger(Records.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Records() {}

    static void plan(WorkspaceDirectory directory, LaunchPlan plan) throws IOException {
        directory.write(directory.runFile(), JSON.writeValueAsString(plan), Durability.NORMAL);
    }

    static Optional<LaunchPlan> plan(WorkspaceDirectory directory) throws IOException {
        return read(directory, directory.runFile(), LaunchPlan.class);
    }

    /** What ran last, once it has been stopped. */
    static Optional<LaunchPlan> lastPlan(WorkspaceDirectory directory) throws IOException {
        return read(directory, directory.lastRunFile(), LaunchPlan.class);
    }

    static void supervisor(WorkspaceDirectory directory, Identity identity) throws IOException {
        directory.write(directory.supervisor(), JSON.writeValueAsString(identity), Durability.NORMAL);
    }

    static Optional<Identity> supervisor(WorkspaceDirectory directory) throws IOException {
        return read(directory, directory.supervisor(), Identity.class);
    }

    /** A record that cannot be read is as good as none: the processes are found by other marks too. */
    private static <T> Optional<T> read(WorkspaceDirectory directory, Path file, Class<T> type) throws IOException {
        var text = directory.read(file);
        try {
            return text.map(json -> JSON.readValue(json, type));
        } catch (JacksonException e) {
            LOG.warn("{} cannot be read and is ignored: {}", file, e.getOriginalMessage());
            return Optional.empty();
        }
    }
}
