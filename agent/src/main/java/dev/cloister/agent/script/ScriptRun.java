package dev.cloister.agent.script;

import dev.cloister.agent.control.LogQueue;
import dev.cloister.agent.control.ReportQueue;
import dev.cloister.agent.control.Times;
import dev.cloister.agent.process.ChildProcess;
import dev.cloister.agent.process.Exit;
import dev.cloister.agent.process.Signals;
import dev.cloister.agent.workplace.Workplace;
import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.agent.Log;
import dev.cloister.contract.agent.Timing;
import dev.cloister.contract.agent.WorkspaceAgentScript;
import dev.cloister.contract.agent.WorkspaceAgentScriptCompletedRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Runs one script to its end, its time-out or its failure to start, and reports how it went. */
final class ScriptRun {
    private static final Duration PIPES_GRACE = Duration.ofSeconds(1);
    private static final Duration END_GRACE = Duration.ofSeconds(2);
    private static final int NOT_STARTED = 127;

    private final Workplace workplace;
    private final LogQueue logs;
    private final ReportQueue reports;
    private final Clock clock;

    ScriptRun(Workplace workplace, LogQueue logs, ReportQueue reports, Clock clock) {
        this.workplace = workplace;
        this.logs = logs;
        this.reports = reports;
        this.clock = clock;
    }

    private record Outcome(int exitCode, Timing.Status status) {}

    /** @param limit after which the script and what it started in its process group is ended */
    Timing.Status run(WorkspaceAgentScript script, Timing.Stage stage, Duration limit) throws InterruptedException {
        var start = clock.instant();
        var outcome = execute(script, limit);
        report(script, stage, start, outcome);
        return outcome.status;
    }

    private Outcome execute(WorkspaceAgentScript script, Duration limit) throws InterruptedException {
        ChildProcess child;
        try {
            child = ChildProcess.onPipes(workplace.command(script.getScript(), Map.of()));
            child.input().close();
        } catch (IOException e) {
            say(script, "[the script could not be started: " + e.getMessage() + "]");
            return new Outcome(NOT_STARTED, Timing.Status.EXIT_FAILURE);
        }
        var output = new ScriptOutput((level, text) -> logs.add(script.getLogSourceId(), level, text));
        var standard = output.drain(child.output(), Log.Level.INFO);
        var error = output.drain(child.error(), Log.Level.ERROR);
        return awaitEnd(script, child, limit, standard, error);
    }

    private Outcome awaitEnd(
            WorkspaceAgentScript script, ChildProcess child, Duration limit, Thread standard, Thread error)
            throws InterruptedException {
        var ended = child.waitFor(limit);
        if (ended.isEmpty()) {
            child.end(Signals.TERM, END_GRACE);
            say(script, "[the script did not end within " + limit.toSeconds() + " s and was ended]");
            return new Outcome(child.waitFor().shellStatus(), Timing.Status.TIMED_OUT);
        }
        // What the script left running may hold its output open; reading goes on, but nobody waits for it.
        boolean complete = standard.join(PIPES_GRACE) && error.join(PIPES_GRACE);
        Exit exit = ended.get();
        if (!exit.success()) {
            say(script, "[the script ended with status " + exit.shellStatus() + "]");
            return new Outcome(exit.shellStatus(), Timing.Status.EXIT_FAILURE);
        }
        return new Outcome(0, complete ? Timing.Status.OK : Timing.Status.PIPES_LEFT_OPEN);
    }

    /** A line of the agent's own in the log of a script. */
    void say(WorkspaceAgentScript script, String text) {
        logs.add(script.getLogSourceId(), Log.Level.ERROR, text);
    }

    private void report(WorkspaceAgentScript script, Timing.Stage stage, Instant start, Outcome outcome) {
        if (script.getId().isEmpty()) {
            return;
        }
        var timing = Timing.newBuilder()
                .setScriptId(script.getId())
                .setStart(Times.timestamp(start))
                .setEnd(Times.timestamp(clock.instant()))
                .setExitCode(outcome.exitCode)
                .setStage(stage)
                .setStatus(outcome.status);
        reports.add(
                AgentRpc.SCRIPT_COMPLETED,
                WorkspaceAgentScriptCompletedRequest.newBuilder()
                        .setTiming(timing)
                        .build());
    }
}
