package dev.cloister.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What a new user does, from the printed link to the last delete; each step stands on the ones before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkspaceStoryTest {
    private static final String PASSWORD = "ladder cloud nine piano";
    private static final int BLOB = 20 << 20;
    private static final Duration SOON = Duration.ofMinutes(1);

    private CloisterServer server;
    private Chromium chromium;
    private Page page;
    private Page terminal;
    private Desk desk;
    private Api api;

    @BeforeAll
    void begin() throws IOException {
        server = CloisterServer.start();
        chromium = new Chromium();
        page = chromium.newPage();
        desk = new Desk(server.directory.resolve("ada"));
    }

    @AfterAll
    void end() throws IOException {
        try {
            if (chromium != null) {
                chromium.close();
            }
        } finally {
            server.close();
        }
    }

    @Test
    @Order(1)
    void theFirstAdministratorIsMadeByThePrintedLink() {
        page.navigate(server.setUpLink());
        page.getByLabel("User name").fill("ada");
        page.getByLabel("E-mail").fill("ada@example.com");
        page.getByLabel(Pattern.compile("^Password")).first().fill(PASSWORD);
        Chromium.keep(page, "1-setup");
        page.getByRole(AriaRole.BUTTON, named("Create the account")).click();
        page.getByRole(AriaRole.HEADING, exactly("Workspaces")).waitFor();
        assertThat(page.url()).doesNotContain("token");
        page.getByText("No workspaces yet").waitFor();
        Chromium.keep(page, "2-no-workspaces");
        api = Api.signedIn(server.url, "ada", PASSWORD);
    }

    @Test
    @Order(2)
    void aWorkspaceIsCreatedFromTheReadyMadeTemplateAndItsBuildIsSeenLive() {
        var buildLogFrames = new AtomicInteger();
        page.onWebSocket(socket -> countFrames(socket, buildLogFrames));
        page.getByRole(AriaRole.LINK, named("Create workspace")).first().click();
        page.getByRole(AriaRole.LINK, named("Create workspace from Sandbox")).click();
        page.getByLabel("Name").first().fill("dev");
        Chromium.keep(page, "3-create");
        page.getByRole(AriaRole.BUTTON, named("Create workspace")).click();
        page.getByRole(AriaRole.HEADING, exactly("dev")).waitFor();
        page.getByRole(AriaRole.LOG, named("Build log")).waitFor();
        page.getByRole(AriaRole.STATUS).getByText("Running").waitFor();
        page.getByRole(AriaRole.LINK, named("Terminal")).waitFor();
        assertThat(buildLogFrames.get())
                .as("lines of the build log that were pushed")
                .isPositive();
        Chromium.keep(page, "4-workspace");
    }

    private static void countFrames(WebSocket socket, AtomicInteger frames) {
        if (socket.url().contains("/workspacebuilds/")) {
            socket.onFrameReceived(frame -> frames.incrementAndGet());
        }
    }

    @Test
    @Order(3)
    void theTerminalKeepsItsScreenOverAReload() {
        terminal = chromium.context.waitForPage(
                () -> page.getByRole(AriaRole.LINK, named("Terminal")).click());
        connected();
        type("echo hello-$((40+2)); kept=by-the-same-shell");
        screen().getByText("hello-42").last().waitFor();
        Chromium.keep(terminal, "5-terminal");
        terminal.reload();
        connected();
        screen().getByText("hello-42").last().waitFor();
        type("echo still-$kept");
        screen().getByText("still-by-the-same-shell").last().waitFor();
    }

    private void connected() {
        terminal.getByText("Connected", new Page.GetByTextOptions().setExact(true))
                .waitFor();
    }

    private Locator screen() {
        return terminal.locator(".xterm-rows");
    }

    private void type(String line) {
        screen().getByText("$").first().waitFor();
        terminal.locator(".xterm-helper-textarea").focus();
        terminal.keyboard().type(line);
        terminal.keyboard().press("Enter");
    }

    @Test
    @Order(4)
    void theAuditPageShowsWhatHappened() {
        page.navigate(server.url + "/audit");
        var table = page.getByRole(AriaRole.TABLE);
        table.waitFor();
        Chromium.keep(page, "6-audit");
        assertThat(table).containsText(Pattern.compile("[Cc]reated workspace dev"));
        assertThat(table).containsText(Pattern.compile("[Cc]reated user ada"));
        assertThat(table).containsText("127.0.0.1");
        page.navigate(server.url + "/connectionlog");
        page.getByRole(AriaRole.TABLE).getByText("dev").first().waitFor();
        Chromium.keep(page, "7-connections");
        assertThat(server.said()).as("audit events on the log").contains("audit_log");
    }

    @Test
    @Order(5)
    void theCommandLineSignsInWithATokenThatOnlyItsOwnerCanRead() throws IOException {
        desk.logIn(server, api.newKey());
        assertThat(desk.cloister("whoami").succeeded().out()).contains("ada");
        try (var files = Files.walk(desk.home.resolve(".config"))) {
            var readable = files.filter(Files::isRegularFile)
                    .filter(WorkspaceStoryTest::isOpenToOthers)
                    .toList();
            assertThat(readable).isEmpty();
        }
    }

    private static boolean isOpenToOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).size() > 2;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Order(6)
    void aChangedTemplateIsPushedAndAWorkspaceMadeFromIt() throws IOException {
        Path directory = Files.createDirectories(desk.home.resolve("sandbox"));
        String yaml = Files.readString(CloisterServer.ROOT.resolve("templates/sandbox/workspace.yaml"));
        Files.writeString(
                directory.resolve("workspace.yaml"),
                yaml.replaceFirst("\nenvironment:\n", "\nenvironment:\n  GREETING: good morning\n")
                        .replace(
                                "\nstartup:\n",
                                "\nstartup:\n  - name: greet\n    run: echo \"$GREETING\" > ~/greeting\n    blocks_login: true\n"));
        assertThat(desk.cloister("templates", "push", "sandbox", "--directory", directory.toString())
                        .succeeded()
                        .out())
                .contains("of sandbox is active");
        assertThat(desk.cloister("create", "tool", "--template", "sandbox", "--yes")
                        .succeeded()
                        .out())
                .contains("is running");
        assertThat(desk.cloister("ssh", "tool", "--", "cat greeting; echo $GREETING")
                        .succeeded()
                        .out())
                .isEqualTo("good morning\ngood morning\n");
        assertThat(desk.cloister("list").succeeded().out()).contains("ada/dev").contains("ada/tool");
    }

    @Test
    @Order(7)
    void theExitStatusAndOutputOfACommandComeThroughSsh() throws IOException {
        Ran ran = desk.cloister("ssh", "dev", "--", "echo out; echo err >&2; exit 7");
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(7);
        assertThat(ran.out()).isEqualTo("out\n");
        assertThat(ran.err()).contains("err");
    }

    @Test
    @Order(8)
    void plainSshWorksAfterConfigSshAndNeverAsksForAHostKey() throws IOException {
        desk.cloister("config-ssh", "--yes").succeeded();
        Ran ran = desk.ssh("ssh", "dev.cloister", "echo $HOME; exit 3");
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(3);
        assertThat(ran.text()).startsWith("/");
        assertThat(desk.cloister("config-ssh", "--yes").succeeded().toString()).contains("as it should be");
    }

    @Test
    @Order(9)
    void filesGoThereAndBackByScpSftpAndRsync() throws IOException {
        var bytes = new byte[BLOB];
        new Random(7).nextBytes(bytes);
        Path blob = Files.write(desk.home.resolve("blob"), bytes);
        String sum = desk.run("sha256sum", blob.toString()).succeeded().text().substring(0, 64);

        desk.ssh("scp", blob.toString(), "dev.cloister:blob").succeeded();
        assertThat(desk.ssh("ssh", "dev.cloister", "sha256sum blob").succeeded().text())
                .startsWith(sum);
        desk.ssh("scp", "dev.cloister:blob", desk.home.resolve("back").toString())
                .succeeded();
        assertThat(Files.mismatch(blob, desk.home.resolve("back"))).isEqualTo(-1);

        Path batch = Files.writeString(
                desk.home.resolve("batch"),
                "mkdir box\nput " + blob + " box/by-sftp\nrename box/by-sftp box/renamed\nget box/renamed "
                        + desk.home.resolve("by-sftp") + "\nls -l box\nrm box/renamed\nrmdir box\n");
        assertThat(desk.ssh("sftp", "-b", batch.toString(), "dev.cloister")
                        .succeeded()
                        .out())
                .contains("renamed");
        assertThat(Files.mismatch(blob, desk.home.resolve("by-sftp"))).isEqualTo(-1);

        Path tree = Files.createDirectories(desk.home.resolve("tree/deep"));
        Files.writeString(tree.resolve("one"), "1");
        Files.writeString(tree.resolve("two words"), HexFormat.of().formatHex(new byte[1000]));
        String shell = "ssh -o BatchMode=yes -F " + desk.sshConfig();
        desk.run("rsync", "-a", "-e", shell, desk.home + "/tree/", "dev.cloister:tree/")
                .succeeded();
        Files.writeString(tree.resolve("one"), "changed");
        Ran second = desk.run("rsync", "-a", "-i", "-e", shell, desk.home + "/tree/", "dev.cloister:tree/")
                .succeeded();
        assertThat(second.out()).contains("one").doesNotContain("two words");
        assertThat(desk.ssh("ssh", "dev.cloister", "cat tree/deep/one")
                        .succeeded()
                        .text())
                .isEqualTo("changed");
    }

    @Test
    @Order(10)
    void aWebServerOfTheWorkspaceIsReachedBySshAndByPortForward() throws Exception {
        Path app = desk.home.resolve("app.pl");
        try (var source = WorkspaceStoryTest.class.getResourceAsStream("app.pl")) {
            Files.write(app, source.readAllBytes());
        }
        desk.ssh("scp", app.toString(), "dev.cloister:app.pl").succeeded();
        desk.ssh("ssh", "dev.cloister", "setsid perl app.pl 8080 </dev/null >app.log 2>&1 &")
                .succeeded();
        int bySsh = CloisterServer.freePort();
        try (var forward = desk.startSsh("ssh", "-N", "-L", bySsh + ":127.0.0.1:8080", "dev.cloister")) {
            awaitHello(forward, bySsh);
        }
        int byCli = CloisterServer.freePort();
        try (var forward = desk.startCloister("port-forward", "dev", "--tcp", byCli + ":8080")) {
            awaitHello(forward, byCli);
        }
    }

    private static void awaitHello(Running forward, int port) {
        var api = Api.anonymous(java.net.URI.create("http://127.0.0.1:" + port));
        Eventually.within(
                SOON,
                "an answer through " + port,
                () -> {
                    try {
                        return api.get("/").body().equals("hello from the workspace\n");
                    } catch (AssertionError notYet) {
                        return false;
                    }
                },
                () -> forward.out() + forward.err());
    }

    @Test
    @Order(11)
    void nothingIsLostWhenTheServerDiesAndComesBack() throws IOException {
        String before = desk.ssh("ssh", "dev.cloister", "pgrep -f '[a]pp.pl' | head -1")
                .succeeded()
                .text();
        server.killAtOnce();
        Instant restart = Instant.now();
        server.startAgain();
        Duration ready = Duration.between(restart, Instant.now());
        Eventually.within(
                SOON,
                "ssh, after the server was ready in " + ready,
                () -> desk.ssh("ssh", "dev.cloister", "true").exit() == 0);
        String after = desk.ssh("ssh", "dev.cloister", "pgrep -f '[a]pp.pl' | head -1")
                .succeeded()
                .text();
        assertThat(after).as("the same process goes on").isEqualTo(before).isNotEmpty();
        connected();
        screen().getByText("hello-42").last().waitFor();
        type("echo and-$kept-again");
        screen().getByText("and-by-the-same-shell-again").last().waitFor();
        Chromium.keep(terminal, "8-terminal-after-restart");
        assertThat(desk.cloister("list").succeeded().out()).contains("ada/dev").contains("ada/tool");
    }

    @Test
    @Order(12)
    void theHomeOutlivesAStopAndProcessesDoNot() throws IOException {
        desk.cloister("stop", "dev").succeeded();
        Ran refused = desk.cloister("ssh", "--no-start", "dev", "--", "true");
        assertThat(refused.exit()).as(refused.toString()).isNotZero();
        desk.cloister("start", "dev").succeeded();
        Ran ran = desk.ssh("ssh", "dev.cloister", "cat tree/deep/one; echo; pgrep -f '[a]pp.pl' || echo none")
                .succeeded();
        assertThat(ran.text()).isEqualTo("changed\nnone");
    }

    @Test
    @Order(13)
    void aDeletedWorkspaceLeavesNothing() throws IOException {
        List<String> ids = List.of(idOf("dev"), idOf("tool"));
        desk.cloister("delete", "tool", "--yes").succeeded();
        desk.cloister("delete", "dev", "--yes").succeeded();
        assertThat(desk.cloister("list").succeeded().toString()).doesNotContain("ada/dev");
        for (String id : ids) {
            assertThat(api.get("/api/v2/workspaces/" + id).status()).isIn(404, 410);
            assertThat(server.filesOf(id)).isEmpty();
        }
        Eventually.within(
                SOON,
                "the end of all processes of workspaces",
                () -> server.leftovers().stream().noneMatch(left -> ids.stream().anyMatch(left::contains)),
                () -> leftovers());
        page.navigate(server.url + "/workspaces");
        page.getByText("No workspaces yet").waitFor();
        assertThat(chromium.faults).isEmpty();
    }

    private String leftovers() {
        try {
            return String.join("\n", server.leftovers());
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String idOf(String workspace) {
        String id =
                api.read("/api/v2/users/me/workspace/" + workspace).get("id").asString();
        return UUID.fromString(id).toString();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions exactly(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
