package dev.cloister.provisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The engine's process is killed at any moment; whoever comes next finds a state that can be repaired. */
class CrashTest {
    private static final int ROUNDS = 6;

    @Test
    void whereverTheEngineIsKilledTheNextOneRepairsIt() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        try (var lab = new Lab()) {
            for (var round = 0; round < ROUNDS; round++) {
                var workspace = UUID.randomUUID();
                lab.leave();
                killWhileBuilding(lab, workspace, random.nextInt(400));
                lab.comeBack();
                if (round % 2 == 0) {
                    lab.engine().reconcile(Set.of(), Set.of());
                    assertThat(lab.processes(workspace))
                            .as("seed %d, round %d", seed, round)
                            .isEmpty();
                }
                lab.start(workspace, Lab.SMALL);
                assertThat(lab.run(workspace, "echo alive > ~/sign; cat ~/sign"))
                        .as("seed %d, round %d", seed, round)
                        .startsWith("alive");
                lab.delete(workspace);
                assertThat(lab.processes(workspace)).isEmpty();
                assertThat(lab.workspace(workspace).path()).doesNotExist();
            }
            assertThat(leftMounts(lab)).isEmpty();
        }
    }

    @Test
    void aShutdownScriptOutlivesTheEngineThatWaitedForIt() throws Exception {
        try (var lab = new Lab()) {
            var workspace = lab.started(Lab.SMALL);
            lab.run(workspace, "touch ~/hold");
            killWhileStopping(lab, workspace);
            lab.engine().reconcile(Set.of(), Set.of(workspace));
            assertThat(lab.engine().running(workspace)).isTrue();
            assertThat(lab.workspace(workspace).egressSocket()).exists();
            var supervisor = lab.supervisor(workspace);

            var second = new FutureTask<>(() -> lab.stop(workspace));
            Thread.ofVirtual().start(second);
            Files.delete(lab.home(workspace).resolve("hold"));
            second.get();

            assertThat(ProcessTable.identify(supervisor)).isEmpty();
            assertThat(lab.processes(workspace)).isEmpty();
            lab.start(workspace, Lab.SMALL);
            assertThat(lab.run(workspace, "cat ~/shutdown; wc -l < ~/starts")).isEqualTo("shut down\n2\nstatus 0\n");
        }
    }

    @Test
    void aShutdownScriptThatNeverEndsIsEndedByTheSecondAttempt() throws Exception {
        try (var lab = new Lab()) {
            var workspace = lab.started(Lab.SMALL);
            lab.run(workspace, "touch ~/hold");
            killWhileStopping(lab, workspace);
            lab.engine().reconcile(Set.of(workspace), Set.of(workspace));
            lab.stop(workspace);
            assertThat(lab.processes(workspace)).isEmpty();
        }
    }

    @Test
    void whatAsksToStopAndBelongsToNoBuildIsEnded() throws Exception {
        try (var lab = new Lab()) {
            var workspace = lab.started(Lab.SMALL);
            lab.run(workspace, "touch ~/hold");
            killWhileStopping(lab, workspace);
            lab.engine().reconcile(Set.of(), Set.of());
            assertThat(lab.processes(workspace)).isEmpty();
        }
    }

    /** Kills the engine once the workspace's shutdown has begun. */
    private static void killWhileStopping(Lab lab, UUID workspace) throws Exception {
        var asked = lab.home(workspace).resolve("asked");
        lab.leave();
        killed(
                StopOnce.class,
                lab,
                workspace,
                () -> Lab.await("the shutdown", Lab.PATIENCE, () -> Files.exists(asked)));
        lab.comeBack();
    }

    private static void killWhileBuilding(Lab lab, UUID workspace, int millis) throws Exception {
        killed(BuildForever.class, lab, workspace, () -> Thread.sleep(millis));
    }

    private interface Moment {
        void await() throws Exception;
    }

    private static void killed(Class<?> program, Lab lab, UUID workspace, Moment moment) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        lab.directory.toString(),
                        workspace.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var reader = new BufferedReader(process.inputReader())) {
            assertThat(reader.readLine()).isEqualTo("begun");
            moment.await();
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    private static Set<String> leftMounts(Lab lab) throws Exception {
        try (var devices = Files.list(Path.of("/sys/block"))) {
            return devices.map(device -> device.resolve("loop/backing_file"))
                    .filter(Files::exists)
                    .map(CrashTest::content)
                    .filter(file -> file.startsWith(lab.directory.toString()))
                    .collect(Collectors.toSet());
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
