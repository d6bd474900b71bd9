package dev.cloister.cli.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.cli.testing.FakeCloister.Answer;
import dev.cloister.cli.testing.Samples;
import dev.cloister.contract.api.Group;
import dev.cloister.contract.api.GroupSource;
import dev.cloister.contract.api.UpdateWorkspaceACL;
import dev.cloister.contract.api.WorkspaceACL;
import dev.cloister.contract.api.WorkspaceRole;
import dev.cloister.contract.api.WorkspaceUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SharingCommandsTest {
    private static final String ACL = "/api/v2/workspaces/" + Samples.WORKSPACE + "/acl";
    private static final String MAIN = "/api/v2/organizations/" + Samples.ORGANIZATION;
    private static final UUID BOB = new UUID(30, 1);
    private static final UUID EVE = new UUID(30, 2);
    private static final UUID OPS = new UUID(20, 1);

    @TempDir
    Path directory;

    private FakeCloister server;
    private Cli cli;

    @BeforeEach
    void start() throws Exception {
        server = new FakeCloister();
        server.answer("GET", "/api/v2/users/me/workspace/dev", Samples.workspace("dev", Samples.running()));
        server.answer("GET", MAIN + "/members", List.of(Samples.member("bob", BOB), Samples.member("eve", EVE)));
        server.answer(
                "GET",
                MAIN + "/groups",
                List.of(new Group(
                        OPS, "ops", "", Samples.ORGANIZATION, List.of(), 0, "", 0, GroupSource.USER, "main", "Main")));
        server.answer(
                "GET",
                ACL,
                new WorkspaceACL(List.of(new WorkspaceUser(BOB, "b\033[31mob", "", "", WorkspaceRole.USE)), List.of()));
        server.answer("PATCH", ACL, Answer.json(204, ""));
        cli = new Cli(CliMain::run, directory).loggedInTo(server.url());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void whoHasAWorkspaceIsListedWithoutWhatNamesWouldDoToTheTerminal() {
        assertThat(cli.run("sharing", "status", "dev").out()).isEqualTo("USER  GROUP  ROLE\nbob          use\n");
    }

    @Test
    void peopleAndGroupsAreNamedWithWhatTheyMayDo() {
        var shared = cli.run("sharing", "share", "dev", "--user", "bob,eve:admin", "--group", "ops:use");
        assertThat(shared.code()).as(shared.err()).isZero();
        assertThat(server.calls("PATCH", ACL).getFirst().as(UpdateWorkspaceACL.class))
                .isEqualTo(new UpdateWorkspaceACL(
                        Map.of(BOB.toString(), WorkspaceRole.USE, EVE.toString(), WorkspaceRole.ADMIN),
                        Map.of(OPS.toString(), WorkspaceRole.USE)));
    }

    @Test
    void whatMakesNoSenseChangesNothing() {
        assertThat(cli.run("sharing", "add", "dev").code()).isEqualTo(2);
        assertThat(cli.run("sharing", "add", "dev", "--user", "bob:owner").err())
                .contains("There is: use, admin.");
        assertThat(cli.run("sharing", "add", "dev", "--user", "mallory").err()).contains("no member \"mallory\"");
        assertThat(cli.run("sharing", "remove", "dev").code()).isEqualTo(2);
        assertThat(cli.run("sharing", "remove", "dev", "--user", "eve").err()).contains("not shared with \"eve\"");
        assertThat(server.calls("PATCH", ACL)).isEmpty();
    }

    @Test
    void whoHasItCanBeTakenOffTheList() {
        server.answer(
                "GET",
                ACL,
                new WorkspaceACL(List.of(new WorkspaceUser(BOB, "bob", "", "", WorkspaceRole.USE)), List.of()));
        assertThat(cli.run("sharing", "unshare", "dev", "--user", "bob").code()).isZero();
        assertThat(server.calls("PATCH", ACL)
                        .getFirst()
                        .as(UpdateWorkspaceACL.class)
                        .userRoles())
                .isEqualTo(Map.of(BOB.toString(), WorkspaceRole.DELETED));
    }
}
