package dev.cloister.server.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.provisioner.BuildCanceledException;
import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.BuildLog;
import dev.cloister.provisioner.BuildOutcome;
import dev.cloister.server.testing.FakeEngine;
import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestWorkspaces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Builds that go wrong in every way, on a real database. */
class JobsTest {
    private static final JobSettings ONE_WORKER = new JobSettings(
            1,
            Duration.ofMillis(1500),
            Duration.ofMillis(200),
            Duration.ofMillis(300),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofMillis(300),
            64 * 1024,
            3);

    private TestWorkspaces world;
    private String admin;
    private String template;

    @BeforeEach
    void start() {
        world = TestWorkspaces.started();
        admin = world.api.owner();
        template = world.template("plain", TestWorkspaces.PLAIN);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static void interrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private String buildId(String workspace) {
        return world.workspace(admin, workspace).at("/latest_build/id").asString();
    }

    private String jobId(String workspace) {
        return world.workspace(admin, workspace).at("/latest_build/job/id").asString();
    }

    private String error(String workspace) {
        return world.workspace(admin, workspace).at("/latest_build/job/error").asString();
    }

    @Test
    void aBuildThatFailsTellsWhyAndTheNextOneRepairs() {
        world.engine.behave((order, log, cancellation) -> {
            throw new BuildException("The disk is full. Make room below /var.");
        });
        String workspace = world.create(admin, template, "unlucky").get("id").asString();
        world.awaitStatus(admin, workspace, "failed");
        assertThat(error(workspace)).isEqualTo("The disk is full. Make room below /var.");
        assertThat(world.log(admin, buildId(workspace))).contains("The disk is full.");
        assertThat(world.api.database.look("SELECT status_code || ' ' || (additional_fields ->> 'outcome')"
                        + " FROM audit_events WHERE resource_type = 'workspace_build' ORDER BY sequence DESC LIMIT 1"))
                .isEqualTo("500 failed");
        world.engine.behave(FakeEngine::succeed);
        assertThat(world.build(admin, workspace, "start").statusCode()).isEqualTo(201);
        world.awaitStatus(admin, workspace, "running");
    }

    @Test
    void anEngineThatThrowsSomethingUnforeseenFailsTheJobAndNothingElse() {
        world.engine.behave((order, log, cancellation) -> {
            throw new IllegalStateException("secret detail");
        });
        String workspace = world.create(admin, template, "crash").get("id").asString();
        world.awaitStatus(admin, workspace, "failed");
        assertThat(error(workspace)).contains(jobId(workspace)).doesNotContain("secret detail");
        world.engine.behave((order, log, cancellation) -> {
            throw new StackOverflowError();
        });
        world.build(admin, workspace, "start");
        world.awaitStatus(admin, workspace, "failed");
        world.engine.behave(FakeEngine::succeed);
        world.running(admin, template, "other");
    }

    @Test
    void anEndlessLogIsCutAndTheCutIsCounted() {
        world.engine.behave((order, log, cancellation) -> {
            String line = "x".repeat(1000);
            for (int i = 0; i < 1_000_000; i++) {
                log.line(BuildLog.Level.INFO, "Noise", line);
            }
            log.line(BuildLog.Level.INFO, "Noise", "\0\uD800" + "y".repeat(100_000));
            return FakeEngine.succeed(order, log, cancellation);
        });
        String workspace = world.running(admin, template, "loud");
        String log = world.log(admin, buildId(workspace));
        assertThat(log.length()).isBetween(50_000, 70_000);
        assertThat(log).containsPattern("\\d+ lines were not kept");
        assertThat(world.workspace(admin, workspace)
                        .at("/latest_build/job/logs_overflowed")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aLineThatCannotBeStoredAsItIsIsStoredCutAndCleaned() {
        world.engine.behave((order, log, cancellation) -> {
            log.line(BuildLog.Level.INFO, "Odd\0", "a\0b\uD800c 😀 " + "y".repeat(30_000));
            return FakeEngine.succeed(order, log, cancellation);
        });
        String workspace = world.running(admin, template, "odd");
        assertThat(world.log(admin, buildId(workspace)))
                .contains("a\uFFFDb\uFFFDc 😀 yyy")
                .contains("(line cut)");
    }

    @Test
    void aRunningBuildIsCanceled() {
        var begun = new CountDownLatch(1);
        world.engine.behave((order, log, cancellation) -> {
            begun.countDown();
            while (!cancellation.requested()) {
                Thread.onSpinWait();
                interrupted();
            }
            throw new BuildCanceledException();
        });
        String workspace = world.create(admin, template, "undecided").get("id").asString();
        world.awaitStatus(admin, workspace, "starting");
        TestWorkspaces.until(() -> begun.getCount() == 0);
        String path = "/api/v2/workspacebuilds/" + buildId(workspace) + "/cancel";
        assertThat(world.api
                        .send("PATCH", path + "?expect_status=pending", admin, null)
                        .statusCode())
                .isEqualTo(412);
        assertThat(world.api.send("PATCH", path, admin, null).statusCode()).isEqualTo(200);
        world.awaitStatus(admin, workspace, "canceled");
        assertThat(world.api.send("PATCH", path, admin, null).statusCode()).isEqualTo(400);
        world.engine.behave(FakeEngine::succeed);
        world.build(admin, workspace, "start");
        world.awaitStatus(admin, workspace, "running");
    }

    @Test
    void aBuildThatSucceedsAlthoughItWasToStopHasSucceeded() {
        var begun = new CountDownLatch(1);
        world.engine.behave((order, log, cancellation) -> {
            begun.countDown();
            while (!cancellation.requested()) {
                interrupted();
            }
            return FakeEngine.succeed(order, log, cancellation);
        });
        String workspace = world.create(admin, template, "too-late").get("id").asString();
        TestWorkspaces.until(() -> begun.getCount() == 0);
        world.api.send("PATCH", "/api/v2/workspacebuilds/" + buildId(workspace) + "/cancel", admin, null);
        world.awaitStatus(admin, workspace, "running");
    }

    @Test
    void aBuildThatHangsIsInterruptedAfterItsTime() {
        world.stop();
        world.startAnother(ONE_WORKER);
        world.engine.behave((order, log, cancellation) -> {
            new CountDownLatch(1).await();
            return new BuildOutcome(List.of());
        });
        String workspace = world.create(admin, template, "stuck").get("id").asString();
        world.awaitStatus(admin, workspace, "failed");
        assertThat(error(workspace)).contains("took longer than");
    }

    @Test
    void aBuildThatHeedsNothingIsGivenUpAndTheNextOneWaitsForItsRealEnd() {
        world.stop();
        world.startAnother(ONE_WORKER);
        var release = new CountDownLatch(1);
        world.engine.behave((order, log, cancellation) -> {
            while (release.getCount() > 0) {
                Thread.onSpinWait();
                Thread.yield();
            }
            return FakeEngine.succeed(order, log, cancellation);
        });
        String workspace = world.create(admin, template, "deaf").get("id").asString();
        world.awaitStatus(admin, workspace, "failed");
        assertThat(error(workspace)).contains("given up");
        world.engine.behave(FakeEngine::succeed);
        world.build(admin, workspace, "start");
        String build = buildId(workspace);
        TestWorkspaces.until(() -> world.log(admin, build).contains("Waiting until"));
        assertThat(world.engine.orders).hasSize(1);
        release.countDown();
        world.awaitStatus(admin, workspace, "running");
        assertThat(world.engine.overlaps).hasValue(0);
    }

    @Test
    void aJobWhoseWorkerIsLostIsDoneAgain() {
        world.stop();
        String workspace = world.create(admin, template, "orphaned").get("id").asString();
        world.leaseToTheDead(jobId(workspace), Duration.ofMillis(300), 1);
        world.awaitStatus(admin, workspace, "starting");
        world.startAnother(TestWorkspaces.QUICK);
        world.awaitStatus(admin, workspace, "running");
        assertThat(world.log(admin, buildId(workspace))).contains("begins again (attempt 2 of 3)");
        assertThat(world.engine.orders).hasSize(1);
    }

    @Test
    void aJobThatLosesWorkerAfterWorkerFailsWithAnExplanation() {
        world.stop();
        String workspace = world.create(admin, template, "cursed").get("id").asString();
        world.leaseToTheDead(jobId(workspace), Duration.ofMillis(300), 3);
        world.startAnother(TestWorkspaces.QUICK);
        world.awaitStatus(admin, workspace, "failed");
        assertThat(error(workspace)).contains("3 times in a row", "next start repairs");
        assertThat(world.engine.orders).isEmpty();
        world.build(admin, workspace, "start");
        world.awaitStatus(admin, workspace, "running");
    }

    @Test
    void aLostJobThatWasToStopEndsAsCanceled() {
        world.stop();
        String workspace = world.create(admin, template, "dropped").get("id").asString();
        world.leaseToTheDead(jobId(workspace), Duration.ofMillis(300), 1);
        assertThat(world.api
                        .send("PATCH", "/api/v2/workspacebuilds/" + buildId(workspace) + "/cancel", admin, null)
                        .statusCode())
                .isEqualTo(200);
        world.awaitStatus(admin, workspace, "canceling");
        world.startAnother(TestWorkspaces.QUICK);
        world.awaitStatus(admin, workspace, "canceled");
    }

    @Test
    void aWaitingBuildIsCanceledAtOnceAndNeverBegun() {
        world.stop();
        String workspace = world.create(admin, template, "waiting").get("id").asString();
        assertThat(world.workspace(admin, workspace)
                        .at("/latest_build/job/queue_position")
                        .asInt())
                .isEqualTo(1);
        world.api.send("PATCH", "/api/v2/workspacebuilds/" + buildId(workspace) + "/cancel", admin, null);
        assertThat(world.workspace(admin, workspace).at("/latest_build/status").asString())
                .isEqualTo("canceled");
        world.startAnother(TestWorkspaces.QUICK);
        world.running(admin, template, "after");
        assertThat(world.engine.orders).hasSize(1);
    }

    @Test
    void whoLosesTheLeaseStoresNothing() {
        var begun = new CountDownLatch(1);
        var attempts = new AtomicInteger();
        world.engine.behave((order, log, cancellation) -> {
            if (attempts.incrementAndGet() == 1) {
                begun.countDown();
                new CountDownLatch(1).await();
            }
            return FakeEngine.succeed(order, log, cancellation);
        });
        String workspace = world.create(admin, template, "contested").get("id").asString();
        TestWorkspaces.until(() -> begun.getCount() == 0);
        world.leaseToTheDead(jobId(workspace), Duration.ofMillis(100), 1);
        world.awaitStatus(admin, workspace, "running");
        assertThat(attempts).hasValue(2);
        assertThat(world.engine.overlaps).hasValue(0);
        assertThat(world.api.database.look("SELECT count(*) FROM workspace_agents"))
                .isEqualTo("1");
    }

    @Test
    void aShutdownHandsRunningJobsBackAndAnotherServerFinishesThem() {
        var begun = new CountDownLatch(1);
        world.engine.behave((order, log, cancellation) -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return new BuildOutcome(List.of());
        });
        String workspace = world.create(admin, template, "handed").get("id").asString();
        TestWorkspaces.until(() -> begun.getCount() == 0);
        world.stop();
        assertThat(world.workspace(admin, workspace).at("/latest_build/status").asString())
                .isEqualTo("pending");
        assertThat(world.api.database.look(
                        "SELECT attempts FROM provisioner_jobs WHERE id = '" + jobId(workspace) + "'"))
                .isEqualTo("0");
        world.engine.behave(FakeEngine::succeed);
        world.startAnother(TestWorkspaces.QUICK);
        world.awaitStatus(admin, workspace, "running");
    }

    @Test
    void severalServersShareTheQueueAndEachJobIsDoneOnce() {
        world.startAnother(TestWorkspaces.QUICK);
        world.startAnother(TestWorkspaces.QUICK);
        List<String> workspaces = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            workspaces.add(world.create(admin, template, "many-" + i).get("id").asString());
        }
        workspaces.forEach(workspace -> world.awaitStatus(admin, workspace, "running"));
        assertThat(world.engine.orders).hasSize(25);
        assertThat(world.api.database.look("SELECT max(attempts) FROM provisioner_jobs"))
                .isEqualTo("1");
    }

    @Test
    void anAcknowledgedJobSurvivesWithoutAnyWorker() {
        world.stop();
        String workspace = world.create(admin, template, "patient").get("id").asString();
        assertThat(world.workspace(admin, workspace).at("/latest_build/status").asString())
                .isEqualTo("pending");
        world.startAnother(TestWorkspaces.QUICK);
        world.awaitStatus(admin, workspace, "running");
    }

    @Test
    void aServerThatIsAloneTakesTheJobsOfItsDeadPredecessorAtOnce() {
        world.stop();
        String workspace = world.create(admin, template, "inherited").get("id").asString();
        world.leaseToTheDead(jobId(workspace), Duration.ofHours(1), 1);
        assertThat(world.workspace(admin, workspace).at("/latest_build/status").asString())
                .isEqualTo("starting");
        world.startAnother(TestWorkspaces.QUICK, true);
        world.awaitStatus(admin, workspace, "running");
    }

    @Test
    void aBrokenConnectionToTheDatabaseDoesNotEndABuild() {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        world.engine.behave((order, log, cancellation) -> {
            begun.countDown();
            go.await();
            return FakeEngine.succeed(order, log, cancellation);
        });
        String workspace = world.create(admin, template, "steadfast").get("id").asString();
        TestWorkspaces.until(() -> begun.getCount() == 0);
        world.api.database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        go.countDown();
        TestWorkspaces.until(() -> "running"
                .equals(world.api.database.look(
                        "SELECT CASE WHEN completed_at IS NOT NULL AND error = '' THEN 'running' END"
                                + " FROM provisioner_jobs ORDER BY created_at DESC LIMIT 1")));
        assertThat(world.engine.orders).hasSize(1);
        world.awaitStatus(admin, workspace, "running");
    }

    @Test
    void anImportIsCanceled() {
        world.stop();
        var version = world.version(TestWorkspaces.PLAIN + "# never", "");
        String path = "/api/v2/templateversions/" + version.get("id").asString();
        assertThat(world.api.send("PATCH", path + "/cancel", admin, null).statusCode())
                .isEqualTo(200);
        assertThat(TestApi.json(world.api.get(path, admin)).at("/job/status").asString())
                .isEqualTo("canceled");
        var refused = world.api.send(
                "POST",
                "/api/v2/organizations/default/templates",
                admin,
                Map.of("name", "never", "template_version_id", version.get("id").asString()));
        assertThat(refused.statusCode()).isEqualTo(400);
    }
}
