package dev.cloister.cli.provisioner;

import dev.cloister.cli.terminal.Ages;
import dev.cloister.cli.terminal.Column;
import dev.cloister.contract.api.ProvisionerDaemon;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a list of provisioners can show. */
enum ProvisionerColumn implements Column<ProvisionerDaemon> {
    ID,
    ORGANIZATION_ID,
    CREATED_AT,
    LAST_SEEN_AT,
    NAME,
    VERSION,
    API_VERSION,
    TAGS,
    KEY_NAME,
    STATUS,
    CURRENT_JOB_ID,
    CURRENT_JOB_STATUS,
    PREVIOUS_JOB_ID,
    PREVIOUS_JOB_STATUS;

    @Override
    public String cell(ProvisionerDaemon daemon, Instant now) {
        var current = daemon.currentJob();
        var previous = daemon.previousJob();
        return switch (this) {
            case ID -> daemon.id().toString();
            case ORGANIZATION_ID -> daemon.organizationId().toString();
            case CREATED_AT -> daemon.createdAt().toString();
            case LAST_SEEN_AT -> daemon.lastSeenAt() == null ? "" : Ages.since(daemon.lastSeenAt(), now);
            case NAME -> daemon.name();
            case VERSION -> daemon.version();
            case API_VERSION -> daemon.apiVersion();
            case TAGS -> tags(daemon.tags());
            case KEY_NAME -> daemon.keyName() == null ? "" : daemon.keyName();
            case STATUS -> daemon.status() == null ? "" : daemon.status().name().toLowerCase(Locale.ROOT);
            case CURRENT_JOB_ID -> current == null ? "" : current.id().toString();
            case CURRENT_JOB_STATUS ->
                current == null ? "" : current.status().name().toLowerCase(Locale.ROOT);
            case PREVIOUS_JOB_ID -> previous == null ? "" : previous.id().toString();
            case PREVIOUS_JOB_STATUS ->
                previous == null ? "" : previous.status().name().toLowerCase(Locale.ROOT);
        };
    }

    /** In an order of their own, so that the same tags read the same. */
    static String tags(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return Column.name(this);
    }
}
