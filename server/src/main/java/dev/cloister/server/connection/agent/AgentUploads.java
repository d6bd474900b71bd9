package dev.cloister.server.connection.agent;

import com.google.protobuf.Timestamp;
import dev.cloister.contract.agent.BatchCreateLogsRequest;
import dev.cloister.contract.agent.Log;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.contract.api.LogLevel;
import dev.cloister.contract.api.PatchAppStatus;
import dev.cloister.contract.api.PatchLogs;
import dev.cloister.contract.api.PatchLogsLine;
import dev.cloister.contract.api.PostLogSourceRequest;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.contract.api.WorkspaceAgentLogSource;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Topics;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What programs in a workspace send with its agent's token, over HTTP instead of the agent's own connection. */
public final class AgentUploads {
    private static final int MOST_LINES = 1000;
    private static final int MOST_SOURCES = 100;
    private static final int LONGEST_NAME = 127;
    private static final int LONGEST_ICON = 2048;
    private static final int LONGEST_MESSAGE = 160;
    private static final int LONGEST_URI = 2048;

    private final Transactions transactions;
    private final AgentPresence presence;
    private final AgentReports reports;
    private final AgentUploadRepository repository;
    private final Clock clock;

    public AgentUploads(
            Transactions transactions,
            AgentPresence presence,
            AgentReports reports,
            AgentUploadRepository repository,
            Clock clock) {
        this.transactions = transactions;
        this.presence = presence;
        this.reports = reports;
        this.repository = repository;
        this.clock = clock;
    }

    /** @return whether all lines were kept */
    boolean logs(Caller.Agent caller, PatchLogs upload) {
        AgentGrant grant = presence.grant(caller);
        if (upload.logs().size() > MOST_LINES) {
            throw new Failure.Invalid("Validation failed.", "logs", "Must be at most " + MOST_LINES + " lines.");
        }
        var request = BatchCreateLogsRequest.newBuilder().setLogSourceId(UuidBytes.of(source(upload.logSourceId())));
        Instant now = clock.instant();
        upload.logs().forEach(line -> request.addLogs(log(line, now)));
        return !reports.logs(grant, request.build()).getLogLimitExceeded();
    }

    private static UUID source(String text) {
        try {
            return text.isEmpty() ? new UUID(0, 0) : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Failure.Invalid("Validation failed.", "log_source_id", "Must be a UUID.");
        }
    }

    private static Log log(PatchLogsLine line, Instant now) {
        Instant time = Objects.requireNonNullElse(line.createdAt(), now);
        var level = Objects.requireNonNullElse(line.level(), LogLevel.INFO);
        return Log.newBuilder()
                .setCreatedAt(
                        Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()))
                .setOutput(line.output())
                .setLevel(Log.Level.valueOf(level.name()))
                .build();
    }

    WorkspaceAgentLogSource addLogSource(Caller.Agent caller, PostLogSourceRequest source) {
        AgentGrant grant = presence.grant(caller);
        var problems = new ArrayList<ValidationError>();
        require(problems, "display_name", source.displayName(), LONGEST_NAME);
        require(problems, "icon", source.icon(), LONGEST_ICON);
        refuse(problems);
        return transactions.change(caller, tx -> {
            if (repository.logSources(tx, grant) >= MOST_SOURCES) {
                throw new Failure.Invalid("An agent has at most " + MOST_SOURCES + " sources of log lines.");
            }
            repository.addLogSource(tx, grant, source, clock.instant());
            tx.announce(Topics.WORKSPACE_CHANGED, grant.workspace().value().toString());
            return Changed.unaudited(repository.logSource(tx, grant, source.id()), Unaudited.AGENT_REPORT);
        });
    }

    void addStatus(Caller.Agent caller, PatchAppStatus status) {
        AgentGrant grant = presence.grant(caller);
        var problems = new ArrayList<ValidationError>();
        require(problems, "message", status.message(), LONGEST_MESSAGE);
        require(problems, "uri", status.uri(), LONGEST_URI);
        refuse(problems);
        transactions.change(caller, tx -> {
            UUID app = repository
                    .app(tx, grant, status.appSlug())
                    .orElseThrow(() -> new Failure.Invalid(
                            "Validation failed.", "app_slug", "The agent has no app of this slug."));
            repository.addStatus(tx, grant, app, status, clock.instant());
            tx.announce(Topics.WORKSPACE_CHANGED, grant.workspace().value().toString());
            return Changed.unaudited(app, Unaudited.AGENT_REPORT);
        });
    }

    /** Only workspaces that were built ahead of need wait for an owner; this server builds none ahead. */
    void requireWaiting(Caller.Agent caller) {
        presence.grant(caller);
        throw new Failure.Conflict("The workspace has its owner already: its agent has nothing to wait for.");
    }

    private static void require(List<ValidationError> problems, String field, String text, int longest) {
        if (text.length() > longest || text.indexOf('\0') >= 0) {
            problems.add(new ValidationError(field, "Must be at most " + longest + " characters, without NUL."));
        }
    }

    private static void refuse(List<ValidationError> problems) {
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "", problems);
        }
    }
}
