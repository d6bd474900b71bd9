package dev.cloister.provisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.contract.agent.Bootstrap;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.provisioner.BuildCanceledException;
import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.Transition;
import dev.cloister.provisioner.egress.EgressLog;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private Lab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new Lab();
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void aWorkspaceStartsRunsScriptsAndLeavesNothingWhenStopped() throws Exception {
        var id = lab.started(Lab.SMALL);
        assertThat(lab.engine().running(id)).isTrue();
        assertThat(lab.run(id, "id -u; id -un; hostname; pwd"))
                .isEqualTo("1000\ndev\n" + Lab.name(id) + "\n/home/dev\nstatus 0\n");
        var seen = lab.processes(id);
        assertThat(seen).hasSizeGreaterThan(3);
        lab.stop(id);
        assertThat(lab.engine().running(id)).isFalse();
        assertThat(lab.processes(id)).isEmpty();
        assertThat(seen.stream().filter(pid -> ProcessTable.identify(pid).isPresent()))
                .isEmpty();
    }

    @Test
    void theHomeOutlivesStopStartAndRebuild() throws Exception {
        var id = lab.started(Lab.SMALL);
        var key = lab.workspace(id).read(lab.workspace(id).file("ssh_host_key.pub"));
        lab.run(id, "echo precious > ~/file; mkdir ~/dir; chmod 700 ~/dir");
        lab.stop(id);
        lab.start(id, Lab.SMALL);
        assertThat(lab.run(id, "cat ~/file; stat -c '%a %u' ~/dir")).startsWith("precious\n700 1000\n");
        lab.start(id, Lab.SMALL + "environment: {CHANGED: yes}\n");
        assertThat(lab.run(id, "cat ~/file")).startsWith("precious");
        assertThat(lab.workspace(id).read(lab.workspace(id).file("ssh_host_key.pub")))
                .isEqualTo(key);
    }

    @Test
    void anAgentReadsItsCredentialsFromAPipeAndNobodyElseCan() throws Exception {
        var order = lab.order(UUID.randomUUID(), Transition.START, Lab.SMALL);
        var outcome = lab.build(order);
        lab.run(order.workspaceId(), "true");
        var bytes = Files.readAllBytes(lab.home(order.workspaceId()).resolve("bootstrap"));
        var bootstrap = Bootstrap.parseDelimitedFrom(new ByteArrayInputStream(bytes));
        assertThat(UuidBytes.read(bootstrap.getAgentId()))
                .isEqualTo(order.agent().agentId());
        assertThat(bootstrap.getToken()).isEqualTo("agent-token-of-" + order.workspaceId());
        assertThat(bootstrap.getProxySocket()).isEqualTo("/run/cloister/egress.sock");
        assertThat(bootstrap.getTicketKeysList()).hasSize(1);
        assertThat(outcome.resources().getFirst().agents().getFirst().sshHostPublicKey())
                .startsWith("ecdsa-sha2-nistp256 AAAA");
        lab.run(order.workspaceId(), "rm ~/bootstrap");
        var search = lab.run(order.workspaceId(), """
                for p in /proc/[0-9]*; do
                    cat $p/environ $p/cmdline 2>/dev/null
                    for f in $p/fd/*; do [ -f "$f" ] && cat "$f" 2>/dev/null; done
                done | grep -a -c '[a]gent-token-of'
                grep -r '[a]gent-token-of' /run /etc /opt/cloister /tmp /home 2>/dev/null | wc -l
                """);
        assertThat(search).isEqualTo("0\n0\nstatus 0\n");
    }

    @Test
    void shutdownScriptsMayRunAndOneThatHangsIsEnded() throws Exception {
        var id = lab.started(Lab.SMALL);
        lab.run(id, "true");
        lab.stop(id);
        lab.start(id, Lab.SMALL);
        assertThat(lab.run(id, "cat ~/shutdown; wc -l < ~/starts")).isEqualTo("shut down\n2\nstatus 0\n");
        // The stand-in cannot run its trap while a script runs: it hangs, as far as the engine can see.
        lab.submit(id, "touch ~/hanging; sleep 1000");
        var hanging = lab.home(id).resolve("hanging");
        Lab.await("the script", Lab.PATIENCE, () -> Files.exists(hanging));
        var began = System.nanoTime();
        lab.stop(id);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofSeconds(2), Lab.PATIENCE);
        assertThat(lab.processes(id)).isEmpty();
    }

    @Test
    void deletionRemovesEverythingHoweverAwkward() throws Exception {
        var id = lab.started(Lab.SMALL);
        var said = lab.run(id, """
                cd ~; i=0; while [ $i -lt 600 ]; do mkdir deepdeep && cd deepdeep || break; i=$((i+1)); done
                echo $i; touch "$(printf 'a\\nb')"; chmod 000 .
                """);
        assertThat(said).containsPattern("(?m)^4[0-9][0-9]$");
        var directory = lab.workspace(id).path();
        lab.delete(id);
        assertThat(directory).doesNotExist();
        assertThat(lab.processes(id)).isEmpty();
        lab.delete(id);
    }

    @Test
    void theSameBuildTwiceIsOneSandbox() throws Exception {
        var order = lab.order(UUID.randomUUID(), Transition.START, Lab.SMALL);
        lab.build(order);
        var supervisor = lab.supervisor(order.workspaceId());
        lab.build(order);
        assertThat(lab.supervisor(order.workspaceId())).isEqualTo(supervisor);
        lab.start(order.workspaceId(), Lab.SMALL);
        assertThat(lab.supervisor(order.workspaceId())).isNotEqualTo(supervisor);
    }

    @Test
    void aRestartedEngineAdoptsWhatRunsAndEndsTheRest() throws Exception {
        var kept = lab.started(Lab.SMALL);
        var ended = lab.started(Lab.SMALL);
        var supervisor = lab.supervisor(kept);
        lab.restartEngine();
        assertThat(lab.engine().running(kept)).isTrue();
        lab.engine().reconcile(Set.of(kept), Set.of());
        assertThat(lab.supervisor(kept)).isEqualTo(supervisor);
        assertThat(lab.workspace(kept).egressSocket()).exists();
        assertThat(lab.run(kept, "wc -l < ~/starts")).startsWith("1\n");
        assertThat(lab.engine().running(ended)).isFalse();
        assertThat(lab.processes(ended)).isEmpty();
    }

    @Test
    void aSandboxThatIsKilledComesBackByItself() throws Exception {
        var id = lab.started(Lab.SMALL);
        lab.run(id, "true");
        var agent = ProcessTable.descendants(lab.supervisor(id)).stream()
                .filter(pid -> ProcessTable.namespacePids(pid).equals(List.of(pid, 2L)))
                .findFirst()
                .orElseThrow();
        ProcessHandle.of(agent).orElseThrow().destroyForcibly();
        Lab.await(
                "the agent's second start",
                Lab.PATIENCE,
                () -> lab.run(id, "wc -l < ~/starts").startsWith("2"));
        for (var pid : lab.processes(id)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
        Lab.await(
                "a new supervisor",
                Lab.PATIENCE,
                () -> lab.events.getOrDefault(id, "").startsWith("RELAUNCHED"));
        assertThat(lab.run(id, "wc -l < ~/starts")).startsWith("3\n");
    }

    @Test
    void aLostWorkspaceIsLaunchedAgainAfterARestart() throws Exception {
        var id = lab.started(Lab.SMALL);
        lab.run(id, "echo kept > ~/file");
        lab.engine().close();
        for (var pid : lab.processes(id)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
        lab.restartEngine();
        lab.engine().reconcile(Set.of(id), Set.of());
        // A process that was killed a moment ago may still look alive; the keeper notices.
        Lab.await("the workspace", Lab.PATIENCE, () -> lab.engine().running(id));
        assertThat(lab.run(id, "cat ~/file")).startsWith("kept");
    }

    @Test
    void aCanceledBuildLeavesNothingRunning() throws Exception {
        for (var step = 1; step < 4; step++) {
            var order = lab.order(UUID.randomUUID(), Transition.START, Lab.SMALL);
            var left = new int[] {step};
            assertThatThrownBy(() -> lab.engine().build(order, Lab.silent(), () -> --left[0] <= 0))
                    .isInstanceOf(BuildCanceledException.class);
            assertThat(lab.processes(order.workspaceId())).isEmpty();
            lab.build(order);
            assertThat(lab.engine().running(order.workspaceId())).isTrue();
            lab.stop(order.workspaceId());
        }
    }

    @Test
    void parallelBuildsDoNotDisturbEachOther() throws Exception {
        var ids = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var builds = new ArrayList<Future<?>>();
            for (var id : ids) {
                var order = lab.order(id, Transition.START, Lab.SMALL);
                builds.add(threads.submit(() -> lab.build(order)));
                builds.add(threads.submit(() -> lab.build(order)));
            }
            for (var build : builds) {
                build.get();
            }
        }
        for (var id : ids) {
            assertThat(lab.run(id, "wc -l < ~/starts")).startsWith("1\n");
        }
    }

    @Test
    void failuresSayWhatIsWrongAndWhatToDo() throws Exception {
        var image = lab.order(UUID.randomUUID(), Transition.START, Lab.SMALL + "image: nosuch\n");
        assertThatThrownBy(() -> lab.build(image))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("There is no image \"nosuch\" on this host: put its root file system at");
        var greedy = lab.order(UUID.randomUUID(), Transition.START, "version: 1\nresources: {memory: 900GiB}\n");
        assertThatThrownBy(() -> lab.build(greedy)).hasMessageContaining("allows at most 262144 for a workspace");
        Files.delete(lab.directory.resolve("agent/bin/cloister-agent"));
        var bare = lab.order(UUID.randomUUID(), Transition.START, Lab.SMALL);
        assertThatThrownBy(() -> lab.build(bare)).hasMessageContaining("The agent is missing at");
        assertThatThrownBy(() ->
                        SandboxEngine.open(lab.settings(), EgressLog.NONE, WorkspaceEvents.NONE, Clock.systemUTC()))
                .hasMessageContaining("already in use");
    }
}
