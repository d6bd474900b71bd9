package dev.cloister.cli.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.cli.testing.FakeCloister.Answer;
import dev.cloister.cli.testing.Samples;
import dev.cloister.contract.api.AssignableRoles;
import dev.cloister.contract.api.CustomRoleRequest;
import dev.cloister.contract.api.Permission;
import dev.cloister.contract.api.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RoleCommandsTest {
    private static final String SITE = "/api/v2/users/roles";
    private static final String MAIN = "/api/v2/organizations/" + Samples.ORGANIZATION + "/members/roles";
    private static final Permission READ = new Permission(false, "workspace", "read");
    private static final Permission NO_FILES = new Permission(true, "file", "*");

    @TempDir
    Path directory;

    private FakeCloister server;
    private Cli cli;

    @BeforeEach
    void start() throws Exception {
        server = new FakeCloister();
        server.answer("GET", "/api/v2/users/me/organizations", List.of(Samples.organization()));
        for (var path : List.of(SITE, MAIN)) {
            server.answer(
                    "GET", path, List.of(role("owner", true), role("help\033[2Jdesk", false), role("desk", false)));
            server.on("POST", path, RoleCommandsTest::stored);
            server.on("PUT", path, RoleCommandsTest::stored);
        }
        cli = new Cli(CliMain::run, directory).loggedInTo(server.url());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void rolesAreShownWithWhatTheyGiveAndWithoutWhatTheyWouldDoToTheTerminal() {
        assertThat(cli.run("roles", "show", "-c", "name,site permissions").out())
                .isEqualTo("NAME      SITE PERMISSIONS\nowner     workspace:read\nhelpdesk  workspace:read\n"
                        + "desk      workspace:read\n");
        assertThat(cli.run("organizations", "roles", "show", "desk", "-o", "json")
                        .out())
                .contains("\"name\" : \"desk\"")
                .doesNotContain("owner");
        assertThat(cli.run("roles", "show", "nobody").err()).contains("There is no role \"nobody\" here.");
    }

    @Test
    void oneIsMadeFromOptionsWithWhatItTakesAway() {
        var made = cli.run(
                "roles",
                "create",
                "front",
                "--display-name",
                "Front",
                "--site-permission",
                "workspace:read,start",
                "--site-permission",
                "!file:*");
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(server.calls("POST", SITE).getFirst().as(CustomRoleRequest.class))
                .isEqualTo(new CustomRoleRequest(
                        "front",
                        "Front",
                        List.of(READ, new Permission(false, "workspace", "start"), NO_FILES),
                        List.of(),
                        List.of(),
                        List.of()));
        assertThat(made.out()).contains("workspace:read workspace:start !file:*");
    }

    @Test
    void aChangeKeepsWhatItDoesNotName() {
        assertThat(cli.run("organizations", "roles", "update", "desk", "--organization-permission", "template:use")
                        .code())
                .isZero();
        var sent = server.calls("PUT", MAIN).getFirst().as(CustomRoleRequest.class);
        assertThat(sent.organizationPermissions()).containsExactly(new Permission(false, "template", "use"));
        assertThat(sent.sitePermissions()).containsExactly(READ);
    }

    @Test
    void whatShowPrintsCanBeGivenBack() {
        var shown = cli.run("roles", "show", "desk", "-o", "json").out().strip();
        var one = shown.substring(1, shown.length() - 1);
        assertThat(cli.runWith(one, "roles", "update", "desk", "--stdin", "--dry-run")
                        .code())
                .isZero();
        assertThat(server.calls("PUT", SITE)).isEmpty();
        assertThat(cli.runWith(one, "roles", "update", "desk", "--stdin").code())
                .isZero();
        assertThat(server.calls("PUT", SITE)
                        .getFirst()
                        .as(CustomRoleRequest.class)
                        .sitePermissions())
                .containsExactly(READ);
        assertThat(cli.runWith(one, "roles", "update", "other", "--stdin").code())
                .isEqualTo(2);
    }

    @Test
    void whatMakesNoSenseIsRefusedBeforeAnythingIsSent() {
        assertThat(cli.run("roles", "create", "desk", "--site-permission", "file:read")
                        .err())
                .contains("There is a role \"desk\" already.");
        assertThat(cli.run("roles", "update", "owner", "--site-permission", "file:read")
                        .err())
                .contains("built in");
        assertThat(cli.run("roles", "create", "front").code()).isEqualTo(2);
        assertThat(cli.run("roles", "create", "front", "--site-permission", "everything")
                        .err())
                .contains("\"everything\" is no permission.");
        assertThat(cli.run("roles", "delete", "desk").err()).contains("--yes");
        assertThat(server.calls().stream().filter(call -> !call.method().equals("GET")))
                .isEmpty();
    }

    @Test
    void oneIsDeleted() {
        server.answer("DELETE", SITE + "/desk", Answer.json(204, ""));
        assertThat(cli.run("roles", "delete", "desk", "-y").code()).isZero();
        assertThat(server.calls("DELETE", SITE + "/desk")).hasSize(1);
    }

    private static Object stored(FakeCloister.Call call) {
        var sent = call.as(CustomRoleRequest.class);
        return new Role(
                sent.name(),
                "",
                sent.displayName(),
                sent.sitePermissions(),
                sent.userPermissions(),
                sent.organizationPermissions(),
                sent.organizationMemberPermissions());
    }

    private static AssignableRoles role(String name, boolean builtIn) {
        return new AssignableRoles(name, "", "", List.of(READ), List.of(), List.of(), List.of(), true, builtIn);
    }
}
