package dev.cloister.agent.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.cloister.agent.RunningAgent;
import dev.cloister.contract.agent.Lifecycle.State;
import dev.cloister.contract.agent.Log;
import dev.cloister.contract.agent.Manifest;
import dev.cloister.contract.agent.Timing;
import dev.cloister.contract.agent.WorkspaceAgentScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ScriptsTest {
    @TempDir
    Path home;

    private RunningAgent running;

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    @Test
    void startScriptsRunInOrderAndTheirOutputAndTimingsArrive() {
        start(script("echo one; sleep 0.2; touch first"), script("ls first; echo two >&2"));

        until(State.READY);
        assertThat(running.server.states).containsExactly(State.CREATED, State.STARTING, State.READY);
        RunningAgent.until("all lines have come", () -> running.server.logs.size() == 3);
        assertThat(running.server.logs).extracting(Log::getOutput).containsExactly("one", "first", "two");
        assertThat(running.server.logs.getLast().getLevel()).isEqualTo(Log.Level.ERROR);
        assertThat(running.server.timings)
                .extracting(Timing::getStatus)
                .containsExactly(Timing.Status.OK, Timing.Status.OK);
    }

    @Test
    void aFailedScriptIsToldAndTheNextStillRuns() {
        start(script("exit 3"), script("echo still"));

        until(State.START_ERROR);
        RunningAgent.until("both have ended", () -> running.server.timings.size() == 2);
        assertThat(running.server.timings.getFirst().getExitCode()).isEqualTo(3);
        assertThat(running.server.timings.getFirst().getStatus()).isEqualTo(Timing.Status.EXIT_FAILURE);
        RunningAgent.until("the second ran", () -> output().contains("still"));
    }

    @Test
    void aScriptThatNeverEndsIsEndedWithEverythingItStarted() {
        start(script("sleep 300 & echo $! > child; sleep 300").toBuilder()
                .setTimeout(Duration.newBuilder().setSeconds(1))
                .build());

        until(State.START_TIMEOUT);
        assertThat(running.server.timings.getFirst().getStatus()).isEqualTo(Timing.Status.TIMED_OUT);
        RunningAgent.until(
                "the child is gone", () -> ProcessHandle.of(pid("child")).isEmpty());
    }

    @Test
    void aScriptWithAScheduleRunsAtItsTimesUntilTheWorkspaceStops() throws Exception {
        start(script("scheduled").toBuilder()
                .setRunOnStart(false)
                .setScript("echo tick; echo >> ticks")
                .setCron("* * * * * *")
                .build());

        until(State.READY);
        RunningAgent.until("it ran three times", () -> running.server.timings.size() >= 3);
        assertThat(running.server.timings).extracting(Timing::getStage).containsOnly(Timing.Stage.CRON);
        assertThat(running.server.timings.getFirst().getStart().getSeconds())
                .isLessThan(running.server.timings.get(1).getStart().getSeconds());
        running.agent.stop(java.time.Duration.ofSeconds(10));
        RunningAgent.until("the stop is told", () -> running.server.states.contains(State.OFF));
        assertThat(output()).contains("tick");
    }

    @Test
    void aScriptThatOutlastsItsIntervalRunsOnceAtATime() {
        start(script("scheduled").toBuilder()
                .setRunOnStart(false)
                .setScript("mkdir alone || echo twice; sleep 2; rmdir alone")
                .setCron("* * * * *")
                .build());

        RunningAgent.until("it ran twice", () -> running.server.timings.size() >= 2);
        assertThat(output()).doesNotContain("twice");
    }

    @Test
    void aScheduleThatMakesNoSenseIsToldInTheScriptsLog() {
        start(script("echo started").toBuilder().setCron("every day").build());

        until(State.READY);
        RunningAgent.until("the refusal is told", () -> output().contains("\"every day\" needs five or six fields"));
        assertThat(output()).contains("started");
    }

    @Test
    void aScriptThatPrintsWithoutEndIsThrottledAndCut() {
        start(script(
                "yes 'a line of output that repeats and repeats and repeats and repeats' | head -c 3000000; echo end"));

        until(State.READY);
        RunningAgent.until("the notice has come", () -> output().contains("the rest is not kept"));
        assertThat(running.server.logs.stream()
                        .mapToLong(log -> log.getOutput().length())
                        .sum())
                .isBetween(500_000L, ScriptOutput.MOST + 10_000);
        assertThat(output().split("the rest is not kept", -1)).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aLineWithoutEndIsCut() {
        start(script("head -c 100000 /dev/zero | tr '\\0' x; echo; printf 'a\\007b\\033[1mc\\n'"));

        until(State.READY);
        RunningAgent.until("both lines have come", () -> running.server.logs.size() == 2);
        assertThat(running.server.logs.getFirst().getOutput()).hasSize(Lines.LONGEST + " [line cut]".length());
        assertThat(running.server.logs.getLast().getOutput()).isEqualTo("ab\033[1mc");
    }

    @Test
    void whatAScriptLeavesRunningDoesNotHoldTheStartUp() {
        start(script("(sleep 2; echo later) & echo now"));

        until(State.READY);
        assertThat(running.server.timings.getFirst().getStatus()).isEqualTo(Timing.Status.PIPES_LEFT_OPEN);
        RunningAgent.until("its output still arrives", () -> output().contains("later"));
    }

    @Test
    void scriptsRunOnceHoweverOftenTheConnectionIsLost() throws Exception {
        start(script("echo run >> count; sleep 1; echo done"));
        // Its first greeting is over only then; one that is cut short begins nothing.
        until(State.STARTING);
        running.server.disconnect(true);
        RunningAgent.until("the script has run", () -> Files.exists(home.resolve("count")));
        running.server.disconnect(false);

        until(State.READY);
        RunningAgent.until("nothing was lost meanwhile", () -> output().contains("done"));
        running.server.disconnect(false);
        RunningAgent.until("the agent is back", () -> running.server.startups.size() >= 3);
        assertThat(Files.readAllLines(home.resolve("count"))).hasSize(1);
        RunningAgent.until("the state is told again", () -> running.server.states.getLast() == State.READY);
    }

    @Test
    void stopScriptsRunWithinTheirLimit() throws Exception {
        start(stopScript("echo stopping > stopped; sleep 300"), stopScript("echo never > never"));
        until(State.READY);

        running.agent.stop(java.time.Duration.ofSeconds(1));

        assertThat(home.resolve("stopped")).exists();
        assertThat(home.resolve("never")).doesNotExist();
        assertThat(running.server.states).endsWith(State.SHUTTING_DOWN, State.SHUTDOWN_TIMEOUT);
    }

    @Test
    void anOrderlyStopEndsInOff() throws Exception {
        start(stopScript("echo bye"));
        until(State.READY);

        running.agent.stop(java.time.Duration.ofSeconds(10));

        assertThat(running.server.states).endsWith(State.SHUTTING_DOWN, State.OFF);
        assertThat(output()).contains("bye");
    }

    private void start(WorkspaceAgentScript... scripts) {
        running = new RunningAgent(
                home, Manifest.newBuilder().addAllScripts(List.of(scripts)).build());
    }

    private void until(State state) {
        RunningAgent.until(state + " is reached", () -> running.server.states.contains(state));
    }

    private String output() {
        return String.join(
                "\n", running.server.logs.stream().map(Log::getOutput).toList());
    }

    private long pid(String file) {
        try {
            return Long.parseLong(Files.readString(home.resolve(file)).strip());
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static WorkspaceAgentScript script(String text) {
        return WorkspaceAgentScript.newBuilder()
                .setId(ByteString.copyFromUtf8(text))
                .setLogSourceId(ByteString.copyFromUtf8("source"))
                .setScript(text)
                .setRunOnStart(true)
                .build();
    }

    private static WorkspaceAgentScript stopScript(String text) {
        return script(text).toBuilder().setRunOnStart(false).setRunOnStop(true).build();
    }
}
