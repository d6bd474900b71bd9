package dev.cloister.server.connection.agent;

import dev.cloister.contract.agent.AppHealth;
import dev.cloister.contract.agent.BatchCreateLogsRequest;
import dev.cloister.contract.agent.BatchCreateLogsResponse;
import dev.cloister.contract.agent.BatchUpdateAppHealthRequest;
import dev.cloister.contract.agent.Lifecycle;
import dev.cloister.contract.agent.Log;
import dev.cloister.contract.agent.Startup;
import dev.cloister.contract.agent.Stats;
import dev.cloister.contract.agent.Timing;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.workspace.WorkspaceActivityRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** What an agent reports about itself, its scripts and its apps. Everything is bounded before it is stored. */
public final class AgentReports {
    /** How much log one agent may write in all, in bytes of UTF-8. */
    public static final int MAX_LOG_BYTES = 1 << 20;

    private static final int MAX_LINE = 32 * 1024;
    private static final int MAX_LINES = 1000;
    private static final int MAX_VERSION = 64;
    private static final int MAX_DIRECTORY = 4096;
    private static final int MAX_APPS = 256;
    private static final double SLOWEST = 60_000;

    private final Transactions transactions;
    private final AgentReportRepository repository;
    private final AgentUsageRepository usage = new AgentUsageRepository();
    private final Clock clock;

    public AgentReports(Transactions transactions, AgentReportRepository repository, Clock clock) {
        this.transactions = transactions;
        this.repository = repository;
        this.clock = clock;
    }

    Startup startup(AgentGrant grant, Startup startup) {
        String version = ReportedTexts.read(startup.getVersion(), MAX_VERSION);
        String directory = ReportedTexts.read(startup.getExpandedDirectory(), MAX_DIRECTORY);
        report(grant, Topics.WORKSPACE_CHANGED, tx -> repository.startup(tx, grant, version, directory));
        return startup;
    }

    Lifecycle lifecycle(AgentGrant grant, Lifecycle lifecycle) {
        Lifecycle.State state = lifecycle.getState();
        if (state == Lifecycle.State.STATE_UNSPECIFIED || state == Lifecycle.State.UNRECOGNIZED) {
            throw new IllegalArgumentException("a lifecycle without a state");
        }
        Instant at = ReportedTimes.read(lifecycle.getChangedAt(), clock.instant());
        report(
                grant,
                Topics.WORKSPACE_CHANGED,
                tx -> repository.lifecycle(tx, grant, state.name().toLowerCase(Locale.ROOT), at));
        return lifecycle;
    }

    /** Stores what fits; past the limit nothing more is kept and the agent is told. */
    BatchCreateLogsResponse logs(AgentGrant grant, BatchCreateLogsRequest request) {
        if (request.getLogsCount() > MAX_LINES) {
            throw new IllegalArgumentException("more than " + MAX_LINES + " lines at once");
        }
        UUID source = UuidBytes.read(request.getLogSourceId());
        Instant now = clock.instant();
        List<AgentReportRepository.Line> lines = new ArrayList<>();
        for (Log log : request.getLogsList()) {
            lines.add(new AgentReportRepository.Line(
                    ReportedTimes.read(log.getCreatedAt(), now),
                    level(log.getLevel()),
                    ReportedTexts.read(log.getOutput(), MAX_LINE)));
        }
        boolean overflow = transactions.change(grant.permit().caller(), tx -> {
            boolean full = append(tx, grant, source, lines);
            tx.announce(Topics.AGENT_LOGS, grant.agent().toString());
            return Changed.unaudited(full, Unaudited.AGENT_REPORT);
        });
        return BatchCreateLogsResponse.newBuilder()
                .setLogLimitExceeded(overflow)
                .build();
    }

    private boolean append(WriteTx tx, AgentGrant grant, UUID source, List<AgentReportRepository.Line> lines) {
        int room = MAX_LOG_BYTES - repository.logLength(tx, grant);
        int used = 0;
        var fitting = new ArrayList<AgentReportRepository.Line>();
        for (var line : lines) {
            int bytes = line.bytes();
            if (used + bytes > room) {
                break;
            }
            used += bytes;
            fitting.add(line);
        }
        repository.appendLogs(tx, grant, source, fitting);
        boolean overflow = fitting.size() < lines.size();
        repository.logsGrew(tx, grant, used, overflow);
        return overflow;
    }

    private static String level(Log.Level level) {
        return switch (level) {
            case TRACE -> "trace";
            case DEBUG -> "debug";
            case WARN -> "warn";
            case ERROR -> "error";
            case INFO, LEVEL_UNSPECIFIED, UNRECOGNIZED -> "info";
        };
    }

    void appHealth(AgentGrant grant, BatchUpdateAppHealthRequest request) {
        if (request.getUpdatesCount() > MAX_APPS) {
            throw new IllegalArgumentException("more than " + MAX_APPS + " apps at once");
        }
        // In the order of ids, so that two reports of one agent cannot deadlock.
        var healths = new TreeMap<UUID, String>();
        for (var update : request.getUpdatesList()) {
            if (update.getHealth() != AppHealth.APP_HEALTH_UNSPECIFIED
                    && update.getHealth() != AppHealth.UNRECOGNIZED) {
                healths.put(
                        UuidBytes.read(update.getId()),
                        update.getHealth().name().toLowerCase(Locale.ROOT));
            }
        }
        report(
                grant,
                Topics.WORKSPACE_CHANGED,
                tx -> healths.forEach((app, health) -> repository.appHealth(tx, grant, app, health)));
    }

    /** Counts as use of the workspace while somebody is connected. */
    void stats(AgentGrant grant, Stats stats) {
        long sessions = stats.getSessionCountSsh()
                + stats.getSessionCountReconnectingPty()
                + stats.getSessionCountVscode()
                + stats.getSessionCountJetbrains();
        if (stats.getConnectionCount() > 0 || sessions > 0) {
            transactions.change(grant.permit().caller(), tx -> {
                if (WorkspaceActivityRepository.usedByAgent(tx, grant.permit(), clock.instant())) {
                    tx.announce(
                            Topics.WORKSPACE_CHANGED, grant.workspace().value().toString());
                }
                usage.add(tx, grant, minute(stats));
                return Changed.unaudited(sessions, Unaudited.AGENT_REPORT);
            });
        }
    }

    private AgentUsageRepository.Minute minute(Stats stats) {
        double latency = stats.getConnectionMedianLatencyMs();
        return new AgentUsageRepository.Minute(
                clock.instant(),
                stats.getSessionCountSsh() > 0,
                stats.getSessionCountReconnectingPty() > 0,
                stats.getSessionCountVscode() > 0,
                stats.getSessionCountJetbrains() > 0,
                latency > 0 && latency <= SLOWEST ? latency : 0);
    }

    void scriptCompleted(AgentGrant grant, Timing timing) {
        UUID script = UuidBytes.read(timing.getScriptId());
        String status = timing.getStatus() == Timing.Status.UNRECOGNIZED
                ? "exit_failure"
                : timing.getStatus().name().toLowerCase(Locale.ROOT);
        Instant now = clock.instant();
        Instant ended = ReportedTimes.read(timing.getEnd(), now);
        Instant started = ReportedTimes.read(timing.getStart(), now);
        var run = new AgentReportRepository.ScriptRun(
                started.isAfter(ended) ? ended : started,
                ended,
                timing.getExitCode(),
                stage(timing.getStage()),
                status);
        report(grant, Topics.WORKSPACE_CHANGED, tx -> {
            repository.scriptCompleted(tx, grant, script, timing.getExitCode(), status);
            repository.scriptTiming(tx, grant, script, run);
        });
    }

    private static String stage(Timing.Stage stage) {
        return switch (stage) {
            case START, UNRECOGNIZED -> "start";
            case STOP -> "stop";
            case CRON -> "cron";
        };
    }

    private void report(AgentGrant grant, String topic, Consumer<WriteTx> write) {
        transactions.change(grant.permit().caller(), tx -> {
            write.accept(tx);
            tx.announce(topic, grant.workspace().value().toString());
            return Changed.unaudited(topic, Unaudited.AGENT_REPORT);
        });
    }
}
