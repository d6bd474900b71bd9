package dev.cloister.cli.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.cli.testing.FakeCloister.Answer;
import dev.cloister.contract.api.NotificationsSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NotificationCommandsTest {
    private static final String SETTINGS = "/api/v2/notifications/settings";

    @TempDir
    Path directory;

    private final List<String> sent = new ArrayList<>();
    private FakeCloister server;
    private Cli cli;

    @BeforeEach
    void start() throws Exception {
        server = new FakeCloister();
        cli = new Cli(CliMain::run, directory).loggedInTo(server.url());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void sendingRestsAndGoesOn() {
        server.answer("GET", SETTINGS, new NotificationsSettings(false));
        server.on("PUT", SETTINGS, call -> {
            var wanted = call.as(NotificationsSettings.class);
            sent.add("paused " + wanted.notifierPaused());
            return wanted;
        });
        assertThat(cli.run("notifications", "pause").out()).contains("paused");
        assertThat(cli.run("notifications", "resume").out()).contains("sent");
        assertThat(sent).containsExactly("paused true");
    }

    @Test
    void oneTellsOneselfSomething() {
        server.on("POST", "/api/v2/notifications/custom", call -> {
            sent.add(call.text());
            return Answer.json(204, "");
        });
        server.on("POST", "/api/v2/notifications/test", call -> {
            sent.add("test");
            return Answer.json(204, "");
        });
        assertThat(cli.run("notifications", "custom", "Done", "All *good*").out())
                .contains("on its way");
        assertThat(cli.run("notifications", "test").out()).contains("on its way");
        assertThat(sent).containsExactly("{\"content\":{\"title\":\"Done\",\"message\":\"All *good*\"}}", "test");
    }
}
