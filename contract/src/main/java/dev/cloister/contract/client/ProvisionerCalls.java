package dev.cloister.contract.client;

import dev.cloister.contract.api.ProvisionerDaemon;
import dev.cloister.contract.api.ProvisionerJob;
import dev.cloister.contract.api.ProvisionerJobStatus;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/** The part of the API that is about provisioners and their jobs. */
public final class ProvisionerCalls {
    private final ApiConnection connection;

    ProvisionerCalls(ApiConnection connection) {
        this.connection = connection;
    }

    /** Those that serve an organization. */
    public List<ProvisionerDaemon> daemons(UUID organization, int limit, boolean offline) throws IOException {
        return connection.list(
                Paths.of("/organizations/{}/provisionerdaemons?limit={}&offline={}", organization, limit, offline),
                ProvisionerDaemon.class);
    }

    /**
     * The jobs of an organization, the newest first.
     *
     * @param statuses only those in one of them; empty for all
     * @param initiator who asked for them, by name or id; empty for everybody
     */
    public List<ProvisionerJob> jobs(
            UUID organization, int limit, List<ProvisionerJobStatus> statuses, String initiator) throws IOException {
        var path = new StringBuilder(Paths.of("/organizations/{}/provisionerjobs?limit={}", organization, limit));
        if (!statuses.isEmpty()) {
            path.append("&status=")
                    .append(statuses.stream()
                            .map(status -> status.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(",")));
        }
        if (!initiator.isEmpty()) {
            path.append("&initiator=").append(URLEncoder.encode(initiator, StandardCharsets.UTF_8));
        }
        return connection.list(path.toString(), ProvisionerJob.class);
    }

    public ProvisionerJob job(UUID organization, UUID job) throws IOException {
        return connection.get(
                Paths.of("/organizations/{}/provisionerjobs/{}", organization, job), ProvisionerJob.class);
    }
}
