package dev.cloister.cli.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.cli.testing.FakeCloister.Answer;
import dev.cloister.cli.testing.Samples;
import dev.cloister.contract.api.PutExtendWorkspaceRequest;
import dev.cloister.contract.api.UpdateWorkspaceAutostartRequest;
import dev.cloister.contract.api.UpdateWorkspaceTTLRequest;
import dev.cloister.contract.api.WorkspacesResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScheduleCommandsTest {
    private static final String WORKSPACE = "/api/v2/workspaces/" + Samples.WORKSPACE;

    @TempDir
    Path directory;

    private FakeCloister server;
    private Cli cli;

    @BeforeEach
    void start() throws Exception {
        server = new FakeCloister();
        var workspace = Samples.workspace("d\033[2Jev", Samples.running());
        server.answer("GET", "/api/v2/users/me/workspace/dev", workspace);
        server.answer("GET", WORKSPACE, workspace);
        server.answer("GET", "/api/v2/workspaces", new WorkspacesResponse(List.of(workspace), 1));
        for (var path : List.of("/autostart", "/ttl", "/extend")) {
            server.answer("PUT", WORKSPACE + path, Answer.json(200, ""));
        }
        cli = new Cli(CliMain::run, directory).loggedInTo(server.url()).with("TZ", "Asia/Tokyo");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void timesAreTakenAsPeopleWriteThem() {
        assertThat(sent("9:30AM", "Mon-Fri", "Europe/Dublin")).isEqualTo("CRON_TZ=Europe/Dublin 30 9 * * Mon-Fri");
        assertThat(sent("12:05am")).isEqualTo("CRON_TZ=Asia/Tokyo 5 0 * * *");
        assertThat(sent("12pm", "1,3,5")).isEqualTo("CRON_TZ=Asia/Tokyo 0 12 * * 1,3,5");
        assertThat(sent("21:00 Europe/Berlin")).isEqualTo("CRON_TZ=Europe/Berlin 0 21 * * *");
        assertThat(sent("manual")).isNull();
    }

    @Test
    void whatIsNoTimeIsRefusedBeforeAnythingIsSent() {
        for (var words : List.of(
                List.of("25:00"),
                List.of("13:00PM"),
                List.of("soon"),
                List.of("9:00", "Mondays"),
                List.of("9:00", "@daily", "Europe/Dublin"),
                List.of("9:00", "Mon", "Middle/Earth"),
                List.of("9:00", "Mon", "Europe/Dublin", "please"))) {
            assertThat(schedule(words).code()).as(words.toString()).isEqualTo(2);
        }
        assertThat(cli.run("schedule", "start", "dev").code()).isEqualTo(2);
        assertThat(server.calls("PUT", WORKSPACE + "/autostart")).isEmpty();
    }

    @Test
    void aWorkspaceStopsAfterAWhileOrNoLonger() {
        assertThat(ttl("2h30m")).isEqualTo(Duration.ofMinutes(150).toMillis());
        assertThat(ttl("90")).isEqualTo(Duration.ofMinutes(90).toMillis());
        assertThat(ttl("manual")).isNull();
        assertThat(cli.run("schedule", "stop", "dev", "30s").code()).isEqualTo(2);
        assertThat(cli.run("schedule", "stop", "dev", "later").code()).isEqualTo(2);
        assertThat(server.calls("PUT", WORKSPACE + "/ttl")).hasSize(3);
    }

    @Test
    void aStopIsPutOffFromNow() {
        var before = Instant.now();
        assertThat(cli.run("schedule", "override-stop", "dev", "90m").code()).isZero();
        var sent = server.calls("PUT", WORKSPACE + "/extend").getFirst().as(PutExtendWorkspaceRequest.class);
        assertThat(sent.deadline())
                .isBetween(before.plus(Duration.ofMinutes(90)), Instant.now().plus(Duration.ofMinutes(90)));
        assertThat(cli.run("schedule", "extend", "dev", "10m").err()).contains("30 minutes");
    }

    @Test
    void schedulesAreShownWithoutWhatTheyWouldDoToTheTerminal() {
        assertThat(cli.run("schedule", "show", "-c", "workspace,stops after").out())
                .isEqualTo("WORKSPACE  STOPS AFTER\nalice/dev\n");
        assertThat(server.calls("GET", "/api/v2/workspaces").getFirst().query()).contains("owner%3Ame");
        assertThat(cli.run("schedule", "show", "dev", "-o", "json").out())
                .contains("\"starts_at\" : \"\"")
                .doesNotContain("\033");
        assertThat(StartTime.words("CRON_TZ=Europe/Dublin 30 9 * * Mon-Fri"))
                .isEqualTo("9:30AM Mon-Fri (Europe/Dublin)");
        assertThat(StartTime.words("99 99 * * *")).isEqualTo("99 99 * * *");
    }

    private Cli.Result schedule(List<String> words) {
        var arguments = new ArrayList<>(List.of("schedule", "start", "dev"));
        arguments.addAll(words);
        return cli.run(arguments.toArray(String[]::new));
    }

    private @Nullable String sent(String... words) {
        var result = schedule(List.of(words));
        assertThat(result.code()).as(result.err()).isZero();
        return server.calls("PUT", WORKSPACE + "/autostart")
                .getLast()
                .as(UpdateWorkspaceAutostartRequest.class)
                .schedule();
    }

    private @Nullable Long ttl(String duration) {
        var result = cli.run("schedule", "stop", "dev", duration);
        assertThat(result.code()).as(result.err()).isZero();
        return server.calls("PUT", WORKSPACE + "/ttl")
                .getLast()
                .as(UpdateWorkspaceTTLRequest.class)
                .ttlMs();
    }
}
