package dev.cloister.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.cli.testing.FakeCloister.Answer;
import dev.cloister.cli.testing.Samples;
import dev.cloister.contract.api.AutomaticUpdates;
import dev.cloister.contract.api.CreateWorkspaceBuildRequest;
import dev.cloister.contract.api.CreateWorkspaceRequest;
import dev.cloister.contract.api.ProvisionerJobStatus;
import dev.cloister.contract.api.WorkspaceAgentStatus;
import dev.cloister.contract.api.WorkspaceBuild;
import dev.cloister.contract.api.WorkspaceBuildParameter;
import dev.cloister.contract.api.WorkspaceQuota;
import dev.cloister.contract.api.WorkspaceStatus;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.contract.api.WorkspacesResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkspaceCommandsTest {
    private static final String BUILD = "/api/v2/workspacebuilds/" + Samples.BUILD;
    private static final String BUILDS = "/api/v2/workspaces/" + Samples.WORKSPACE + "/builds";

    @TempDir
    Path directory;

    private FakeCloister server;
    private Cli cli;

    @BeforeEach
    void start() throws Exception {
        server = new FakeCloister();
        server.answer("GET", "/api/v2/templates", List.of(Samples.template("go")));
        server.answer("GET", "/api/v2/templateversions/" + Samples.VERSION + "/rich-parameters", List.of());
        server.answer("GET", BUILD + "/parameters", List.of());
        server.log(
                BUILD + "/logs",
                Samples.line(1, "Preparing", "\033[31mmaking a home\033[0m"),
                Samples.line(2, "Starting", "done"));
        serve(Samples.running(Samples.agent("main", WorkspaceAgentStatus.CONNECTED)));
        cli = new Cli(CliMain::run, directory).loggedInTo(server.url());
    }

    @Test
    void aWorkspaceThatIsNotThereIsNamed() {
        for (var command : List.of("show", "stop", "start", "logs", "ssh")) {
            var result = cli.run(command, "other");
            assertThat(result.code()).as(command).isEqualTo(1);
            assertThat(result.err()).as(command).contains("There is no workspace \"other\" that you can see.");
        }
        assertThat(cli.run("show", "bob/other").err()).contains("There is no workspace \"bob/other\"");
    }

    private void serve(WorkspaceBuild build) {
        var workspace = Samples.workspace("dev", build);
        server.answer("GET", "/api/v2/users/me/workspace/dev", workspace);
        server.answer("GET", "/api/v2/workspaces/" + Samples.WORKSPACE, workspace);
        server.answer("POST", "/api/v2/users/me/workspaces", Answer.json(201, workspace));
        server.answer("POST", BUILDS, Answer.json(201, build));
        server.answer("GET", BUILD, build);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private void serveParameters(Object... parameters) {
        server.answer("GET", "/api/v2/templateversions/" + Samples.VERSION + "/rich-parameters", List.of(parameters));
    }

    @Test
    void creatingShowsTheLogAndTakesTheOnlyTemplate() {
        var result = cli.run("create", "dev");
        assertThat(result.err()).contains("  making a home\n").doesNotContain("\033");
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("The workspace dev is running. Go in with `cloister ssh dev`.\n");
        var sent =
                server.calls("POST", "/api/v2/users/me/workspaces").getFirst().as(CreateWorkspaceRequest.class);
        assertThat(sent.name()).isEqualTo("dev");
        assertThat(sent.templateId()).isEqualTo(Samples.TEMPLATE);
    }

    @Test
    void aParameterThatIsMissingIsAskedForByItsOption() {
        serveParameters(Samples.parameter("region", true, ""));
        var result = cli.run("create", "dev");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--parameter region=VALUE");
        assertThat(server.calls("POST", "/api/v2/users/me/workspaces")).isEmpty();
    }

    @Test
    void parametersAreTakenFromOptionsAndDefaultsAreLeftToTheServer() {
        serveParameters(
                Samples.parameter("region", true, ""),
                Samples.parameter("size", false, "small"),
                Samples.parameter("disk", false, "10"));
        var result = cli.run("create", "dev", "--parameter", "region=eu=west", "--parameter-default", "disk=20", "-y");
        assertThat(result.code()).isZero();
        var sent =
                server.calls("POST", "/api/v2/users/me/workspaces").getFirst().as(CreateWorkspaceRequest.class);
        assertThat(sent.richParameterValues())
                .containsExactly(
                        new WorkspaceBuildParameter("region", "eu=west"), new WorkspaceBuildParameter("disk", "20"));
    }

    @Test
    void aParameterThatTheTemplateDoesNotHaveIsRefused() {
        serveParameters(Samples.parameter("region", false, "eu"));
        var result = cli.run("create", "dev", "--parameter", "regoin=eu");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("no parameter \"regoin\"").contains("region");
    }

    @Test
    void severalTemplatesNeedAChoice() {
        server.answer("GET", "/api/v2/templates", List.of(Samples.template("go"), Samples.template("java")));
        var result = cli.run("create", "dev");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--template").contains("go, java");
        assertThat(cli.run("create", "dev", "-t", "rust").err()).contains("no template \"rust\"");
    }

    @Test
    void aFailedBuildSaysWhyAndHasAFailingExitCode() {
        serve(Samples.build(
                WorkspaceTransition.START,
                WorkspaceStatus.FAILED,
                Samples.job(
                        ProvisionerJobStatus.FAILED, "line 3, resources.memory: too large\nsecond line\033]0;x\007")));
        var result = cli.run("create", "dev");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("line 3, resources.memory: too large\nsecond line\n")
                .doesNotContain("\033");
    }

    @Test
    void aLogThatBreaksIsFollowedFromWhereItBroke() throws Exception {
        server.log(BUILD + "/logs", Samples.line(1, "Preparing", "one"), Samples.line(7, "Preparing", "two"), "break");
        server.thenLog(BUILD + "/logs", Samples.line(9, "Starting", "three"));
        var result = cli.run("create", "dev");
        assertThat(result.code()).isZero();
        assertThat(result.err()).containsSubsequence("  one\n", "  three\n");
        var follows = server.calls().stream()
                .filter(call -> call.path().endsWith("/logs"))
                .toList();
        assertThat(follows.getFirst().query()).contains("after=0");
        // a line that was under way when the connection broke may be lost, and is then asked for again
        assertThat(follows.get(1).query()).contains(result.err().contains("  two\n") ? "after=7" : "after=1");
    }

    @Test
    void deletingNeedsConsentAndNobodyIsAskedWithoutATerminal() {
        var result = cli.run("delete", "dev");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--yes");
        assertThat(server.calls("POST", BUILDS)).isEmpty();
        assertThat(cli.run("delete", "dev", "-y").code()).isZero();
        var sent = server.calls("POST", BUILDS).getFirst().as(CreateWorkspaceBuildRequest.class);
        assertThat(sent.transition()).isEqualTo(WorkspaceTransition.DELETE);
        assertThat(sent.orphan()).isFalse();
    }

    @Test
    void startingWhatRunsChangesNothing() {
        assertThat(cli.run("start", "dev").code()).isZero();
        assertThat(server.calls("POST", BUILDS)).isEmpty();
    }

    @Test
    void aStoppedWorkspaceIsStartedAndARunningOneStopped() {
        serve(Samples.stopped());
        assertThat(cli.run("stop", "dev").err()).contains("stopped already");
        assertThat(cli.run("start", "dev").code()).isZero();
        assertThat(cli.run("restart", "dev", "-y").code()).isZero();
        assertThat(server.calls("POST", BUILDS).stream()
                        .map(call -> call.as(CreateWorkspaceBuildRequest.class).transition()))
                .containsExactly(WorkspaceTransition.START, WorkspaceTransition.STOP, WorkspaceTransition.START);
    }

    @Test
    void theListIsATableOrJson() {
        var hostile = Samples.workspace("d\033[2Jev", Samples.running());
        server.on("GET", "/api/v2/workspaces", call -> new WorkspacesResponse(List.of(hostile), 1));
        var table = cli.run("list");
        assertThat(table.out().lines().findFirst().orElseThrow()).startsWith("WORKSPACE  TEMPLATE  STATUS");
        assertThat(table.out()).contains("alice/dev  go        running").doesNotContain("\033");
        assertThat(server.calls("GET", "/api/v2/workspaces").getFirst().query()).contains("q=owner%3Ame");
        var json = cli.run("list", "--all", "--search", "status:running", "-o", "json");
        assertThat(json.out()).contains("\"owner_name\" : \"alice\"").doesNotContain("\033");
        assertThat(server.calls("GET", "/api/v2/workspaces").getLast().query()).contains("q=status%3Arunning");
        assertThat(cli.run("list", "-c", "id,status").out()).startsWith("ID").contains("STATUS");
    }

    @Test
    void aFavoriteAndItsUpdatesAreChosen() {
        var path = "/api/v2/workspaces/" + Samples.WORKSPACE;
        for (var method : List.of("PUT", "DELETE")) {
            server.answer(method, path + "/favorite", Answer.json(204, ""));
        }
        server.answer("PUT", path + "/autoupdates", Answer.json(204, ""));
        assertThat(cli.run("fav", "dev").code()).isZero();
        assertThat(cli.run("unfavourite", "dev").code()).isZero();
        assertThat(server.calls("PUT", path + "/favorite")).hasSize(1);
        assertThat(server.calls("DELETE", path + "/favorite")).hasSize(1);
        assertThat(cli.run("autoupdate", "dev", "always").code()).isZero();
        assertThat(server.calls("PUT", path + "/autoupdates").getFirst().text()).contains("\"always\"");
        assertThat(cli.run("autoupdate", "dev", "sometimes").code()).isEqualTo(2);
    }

    @Test
    void aNewWorkspaceHasTheScheduleThatItIsGiven() {
        var result = cli.run(
                "create",
                "dev",
                "--start-at",
                "9:00 Mon Europe/Berlin",
                "--stop-after",
                "8h",
                "--automatic-updates",
                "always");
        assertThat(result.code()).as(result.err()).isZero();
        var sent =
                server.calls("POST", "/api/v2/users/me/workspaces").getFirst().as(CreateWorkspaceRequest.class);
        assertThat(sent.autostartSchedule()).isEqualTo("CRON_TZ=Europe/Berlin 0 9 * * Mon");
        assertThat(sent.ttlMs()).isEqualTo(28_800_000);
        assertThat(sent.automaticUpdates()).isEqualTo(AutomaticUpdates.ALWAYS);
        assertThat(cli.run("create", "dev", "--start-at", "dawn").code()).isEqualTo(2);
    }

    @Test
    void aQuotaIsShown() {
        server.answer("GET", "/api/v2/users/me/organizations", List.of(Samples.organization()));
        server.answer(
                "GET",
                "/api/v2/organizations/" + Samples.ORGANIZATION + "/members/me/workspace-quota",
                new WorkspaceQuota(3, 10));
        assertThat(cli.run("quota").out()).isEqualTo("ORGANIZATION  CONSUMED  BUDGET\nmain          3         10\n");
        assertThat(cli.run("quota", "bob").code()).isEqualTo(1);
    }

    @Test
    void aWorkspaceIsShownWithItsAgents() {
        var result = cli.run("show", "dev");
        assertThat(result.out()).contains("alice/dev").contains("agent main (linux/amd64): connected, ready");
        assertThat(cli.run("show", "other").code()).isEqualTo(1);
        assertThat(cli.run("show", "dev", "-o", "json").out()).contains("\"latest_build\"");
    }

    @Test
    void theLogsOfBuildAndAgentAreMadePlain() {
        server.answer("GET", BUILD + "/logs", List.of(Samples.line(1, "Start", "a\033[31mb")));
        server.answer("GET", "/api/v2/workspaceagents/" + Samples.AGENT + "/logs", List.of());
        assertThat(cli.run("logs", "dev").out()).isEqualTo("2026-01-02T03:04:05Z [Start] ab\n");
    }
}
