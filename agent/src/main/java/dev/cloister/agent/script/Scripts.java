package dev.cloister.agent.script;

import dev.cloister.agent.control.LogQueue;
import dev.cloister.agent.control.ReportQueue;
import dev.cloister.agent.control.Times;
import dev.cloister.agent.workplace.Workplace;
import dev.cloister.contract.agent.CronSchedule;
import dev.cloister.contract.agent.Lifecycle.State;
import dev.cloister.contract.agent.Timing;
import dev.cloister.contract.agent.WorkspaceAgentScript;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * The scripts of a workspace, run in their order: one after the other when it starts, and again when it stops;
 * and those with a schedule at their times in between.
 */
public final class Scripts {
    private static final Duration NO_LIMIT = Duration.ofDays(1);
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final ScriptRun run;
    private final Timetable timetable;

    public Scripts(Workplace workplace, LogQueue logs, ReportQueue reports, Clock clock) {
        this.run = new ScriptRun(workplace, logs, reports, clock);
        this.timetable = new Timetable(clock);
    }

    /** Runs the start scripts; a failed one does not keep the next from running. */
    public State start(List<WorkspaceAgentScript> scripts) throws InterruptedException {
        boolean failed = false;
        boolean late = false;
        for (var script : chosen(scripts, WorkspaceAgentScript::getRunOnStart)) {
            var limit = Times.orElse(script.getTimeout(), NO_LIMIT, LEAST, NO_LIMIT);
            switch (run.run(script, Timing.Stage.START, limit)) {
                case TIMED_OUT -> late = true;
                case EXIT_FAILURE, UNRECOGNIZED -> failed = true;
                case OK, PIPES_LEFT_OPEN -> {}
            }
        }
        return failed ? State.START_ERROR : late ? State.START_TIMEOUT : State.READY;
    }

    /** From now on runs the scripts that have a schedule at their times. */
    public void schedule(List<WorkspaceAgentScript> scripts) {
        for (var script : chosen(scripts, script -> !script.getCron().isEmpty())) {
            try {
                timetable.add(script, CronSchedule.parse(script.getCron()), this::onSchedule);
            } catch (IllegalArgumentException wrong) {
                run.say(script, "[the schedule \"" + script.getCron() + "\" " + wrong.getMessage() + "]");
            }
        }
    }

    private void onSchedule(WorkspaceAgentScript script) throws InterruptedException {
        run.run(script, Timing.Stage.CRON, Times.orElse(script.getTimeout(), NO_LIMIT, LEAST, NO_LIMIT));
    }

    /** Runs the stop scripts within {@code overall}; those there is no time for are not begun. */
    public State stop(List<WorkspaceAgentScript> scripts, Duration overall) throws InterruptedException {
        timetable.end();
        long deadline = System.nanoTime() + overall.toNanos();
        boolean failed = false;
        for (var script : chosen(scripts, WorkspaceAgentScript::getRunOnStop)) {
            var left = Duration.ofNanos(deadline - System.nanoTime());
            if (!left.isPositive()) {
                return State.SHUTDOWN_TIMEOUT;
            }
            var own = Times.orElse(script.getTimeout(), NO_LIMIT, LEAST, NO_LIMIT);
            switch (run.run(script, Timing.Stage.STOP, own.compareTo(left) < 0 ? own : left)) {
                case TIMED_OUT -> {
                    return State.SHUTDOWN_TIMEOUT;
                }
                case EXIT_FAILURE, UNRECOGNIZED -> failed = true;
                case OK, PIPES_LEFT_OPEN -> {}
            }
        }
        return failed ? State.SHUTDOWN_ERROR : State.OFF;
    }

    private static List<WorkspaceAgentScript> chosen(
            List<WorkspaceAgentScript> scripts, Predicate<WorkspaceAgentScript> stage) {
        return scripts.stream().filter(stage).toList();
    }
}
