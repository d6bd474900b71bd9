package dev.cloister.cli.workspace;

import dev.cloister.cli.session.TimeSpan;
import dev.cloister.cli.terminal.Ages;
import dev.cloister.cli.terminal.Column;
import dev.cloister.contract.api.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a list of workspaces can show. */
enum WorkspaceColumn implements Column<Workspace> {
    FAVORITE,
    WORKSPACE,
    ID,
    ORGANIZATION_ID,
    ORGANIZATION_NAME,
    TEMPLATE,
    STATUS,
    HEALTHY,
    LAST_BUILT,
    CURRENT_VERSION,
    OUTDATED,
    STARTS_AT,
    STARTS_NEXT,
    STOPS_AFTER,
    STOPS_NEXT,
    DAILY_COST;

    @Override
    public String cell(Workspace workspace, Instant now) {
        var build = workspace.latestBuild();
        return switch (this) {
            case FAVORITE -> Boolean.toString(workspace.favorite());
            case WORKSPACE -> workspace.ownerName() + "/" + workspace.name();
            case ID -> workspace.id().toString();
            case ORGANIZATION_ID -> workspace.organizationId().toString();
            case ORGANIZATION_NAME -> workspace.organizationName();
            case TEMPLATE -> workspace.templateName();
            case STATUS -> build.status().name().toLowerCase(Locale.ROOT);
            case HEALTHY ->
                Agents.of(workspace).isEmpty()
                        ? ""
                        : Boolean.toString(workspace.health().healthy());
            case LAST_BUILT -> Ages.since(build.createdAt(), now);
            case CURRENT_VERSION -> build.templateVersionName();
            case OUTDATED -> Boolean.toString(workspace.outdated());
            case STARTS_AT -> workspace.autostartSchedule() == null ? "" : workspace.autostartSchedule();
            case STARTS_NEXT -> time(workspace.nextStartAt());
            case STOPS_AFTER -> workspace.ttlMs() == null ? "" : TimeSpan.text(Duration.ofMillis(workspace.ttlMs()));
            case STOPS_NEXT -> time(build.deadline());
            case DAILY_COST -> Integer.toString(build.dailyCost());
        };
    }

    private static String time(@Nullable Instant time) {
        return time == null || time.isBefore(Instant.EPOCH) ? "" : time.toString();
    }

    @Override
    public String toString() {
        return Column.name(this);
    }
}
