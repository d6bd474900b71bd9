package dev.cloister.agent.script;

import dev.cloister.contract.agent.CronSchedule;
import dev.cloister.contract.agent.WorkspaceAgentScript;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the scripts that have a schedule, each beside the others. While a script runs, its own next times pass unused: a
 * script that takes longer than its interval must not fill the workspace with copies of itself.
 */
final class Timetable {
    /** Clocks jump, and machines sleep: no wait is longer, so that the next time is never far off. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Clock clock;
    private final List<Thread> threads = new ArrayList<>();
    private boolean ended;

    Timetable(Clock clock) {
        this.clock = clock;
    }

    /** What to do when a script is due. */
    @FunctionalInterface
    interface Due {
        void run(WorkspaceAgentScript script) throws InterruptedException;
    }

    /** Begins to wait for a script's times, in the workspace's own zone unless the schedule names one. */
    synchronized void add(WorkspaceAgentScript script, CronSchedule schedule, Due due) {
        if (!ended) {
            threads.add(Thread.ofVirtual().name("schedule").start(() -> follow(script, schedule, due)));
        }
    }

    private void follow(WorkspaceAgentScript script, CronSchedule schedule, Due due) {
        try {
            while (true) {
                var next = schedule.next(clock.instant().atZone(ZoneId.systemDefault()));
                if (next.isEmpty()) {
                    return;
                }
                await(next.get().toInstant());
                due.run(script);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(Instant time) throws InterruptedException {
        for (var left = left(time); left.isPositive(); left = left(time)) {
            Thread.sleep(left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT);
        }
    }

    private Duration left(Instant time) {
        return Duration.between(clock.instant(), time);
    }

    /** No script begins any more; nobody waits for one that runs. */
    synchronized void end() {
        ended = true;
        threads.forEach(Thread::interrupt);
    }
}
