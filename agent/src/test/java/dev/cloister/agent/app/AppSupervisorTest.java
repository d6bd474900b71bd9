package dev.cloister.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.sun.net.httpserver.HttpServer;
import dev.cloister.agent.RunningAgent;
import dev.cloister.contract.agent.AppHealth;
import dev.cloister.contract.agent.BatchUpdateAppHealthRequest.HealthUpdate;
import dev.cloister.contract.agent.Manifest;
import dev.cloister.contract.agent.WorkspaceApp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class AppSupervisorTest {
    @TempDir
    Path home;

    private RunningAgent running;

    @AfterEach
    void stop() throws Exception {
        if (running != null) {
            running.close();
        }
    }

    @Test
    void anAppThatEndsIsStartedAgainAndItsOutputIsKept() throws Exception {
        start(app().setCommand("echo started; echo x >> starts"));

        RunningAgent.until("it was started again", () -> lines("starts") >= 3);
        assertThat(home.resolve(".local/state/cloister/apps/web.log.1"))
                .content()
                .isEqualTo("started\n");
    }

    @Test
    void anAppThatPrintsWithoutEndFillsTwoFilesAtMost() {
        start(app().setCommand("yes | head -c 5000000; echo > done; sleep 300"));

        RunningAgent.until("it has printed", () -> Files.exists(home.resolve("done")));
        var directory = home.resolve(".local/state/cloister/apps");
        assertThat(directory.resolve("web.log").toFile().length()).isLessThanOrEqualTo(AppLog.MOST);
        assertThat(directory.resolve("web.log.1").toFile().length()).isLessThanOrEqualTo(AppLog.MOST);
        assertThat(directory).isDirectoryNotContaining("glob:**.2");
    }

    @Test
    void healthFollowsTheAnswers() throws Exception {
        var status = new AtomicInteger(200);
        var web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        web.start();
        try {
            start(app().setHealthcheck(WorkspaceApp.Healthcheck.newBuilder()
                    .setUrl("http://localhost:" + web.getAddress().getPort() + "/healthz")
                    .setInterval(Duration.newBuilder().setSeconds(1))
                    .setThreshold(2)));
            until(AppHealth.HEALTHY);
            status.set(503);
            until(AppHealth.UNHEALTHY);
            status.set(404);

            until(AppHealth.HEALTHY);
        } finally {
            web.stop(0);
        }
    }

    @Test
    void onlyLoopbackIsAsked() {
        for (var url : List.of(
                "http://169.254.169.254/latest",
                "http://example.org/",
                "file:///etc/passwd",
                "http://127.0.0.1.example/")) {
            assertThatThrownBy(() -> HealthProbe.of(url)).isInstanceOf(IllegalArgumentException.class);
        }
        start(app().setHealthcheck(WorkspaceApp.Healthcheck.newBuilder().setUrl("http://169.254.169.254/latest")));
        until(AppHealth.DISABLED);
    }

    private void start(WorkspaceApp.Builder app) {
        running = new RunningAgent(home, Manifest.newBuilder().addApps(app).build());
    }

    private void until(AppHealth health) {
        RunningAgent.until(
                "the app is " + health,
                () -> !running.server.healths.isEmpty()
                        && running.server
                                .healths
                                .getLast()
                                .equals(HealthUpdate.newBuilder()
                                        .setId(ByteString.copyFromUtf8("id"))
                                        .setHealth(health)
                                        .build()));
    }

    private int lines(String file) {
        try {
            return Files.exists(home.resolve(file))
                    ? Files.readAllLines(home.resolve(file)).size()
                    : 0;
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static WorkspaceApp.Builder app() {
        return WorkspaceApp.newBuilder().setId(ByteString.copyFromUtf8("id")).setSlug("web");
    }
}
