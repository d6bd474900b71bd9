package dev.cloister.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.cli.testing.FakeCloister.Answer;
import dev.cloister.cli.testing.Samples;
import dev.cloister.contract.api.APIAllowListTarget;
import dev.cloister.contract.api.APIKeyWithOwner;
import dev.cloister.contract.api.AssignableRoles;
import dev.cloister.contract.api.CreateTokenRequest;
import dev.cloister.contract.api.CreateUserRequestWithOrgs;
import dev.cloister.contract.api.GetUsersResponse;
import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.UpdateRoles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserCommandsTest {
    private static final String BOB = "/api/v2/users/" + Samples.USER;
    private static final String TOKENS = "/api/v2/users/me/keys/tokens";

    @TempDir
    Path directory;

    private FakeCloister server;
    private Cli cli;

    @BeforeEach
    void start() throws Exception {
        server = new FakeCloister();
        server.answer("GET", "/api/v2/users/bob", Samples.user("bob"));
        server.answer("GET", "/api/v2/organizations", List.of(Samples.organization()));
        server.answer("GET", "/api/v2/organizations/main", Samples.organization());
        cli = new Cli(CliMain::run, directory).loggedInTo(server.url());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void usersAreListedByChosenColumnsWithoutWhatTheyWouldDoToTheTerminal() {
        server.on("GET", "/api/v2/users", call -> new GetUsersResponse(List.of(Samples.user("b\033[31mob")), 1));
        assertThat(cli.run("users", "list", "-c", "username,login type").out())
                .isEqualTo("USERNAME  LOGIN TYPE\nbob       password\n");
        assertThat(cli.run("users", "list").out()).startsWith("USERNAME  EMAIL");
    }

    @Test
    void oneIsShown() {
        assertThat(cli.run("users", "show", "bob").out())
                .contains("bob@example.com")
                .contains("Organizations  main");
    }

    @Test
    void rolesAreReplacedByThoseThatThereAre() {
        server.answer("GET", "/api/v2/users/roles", List.of(role("auditor"), role("owner")));
        server.answer("PUT", BOB + "/roles", Samples.user("bob"));
        assertThat(cli.run("users", "edit-roles", "bob", "--roles", "auditor,owner", "-y")
                        .code())
                .isZero();
        assertThat(server.calls("PUT", BOB + "/roles")
                        .getFirst()
                        .as(UpdateRoles.class)
                        .roles())
                .containsExactly("auditor", "owner");
        assertThat(cli.run("users", "edit-roles", "bob", "--roles", "king").err())
                .contains("There is no role \"king\"")
                .contains("auditor, owner");
        assertThat(cli.run("users", "edit-roles", "bob").code()).isEqualTo(2);
        assertThat(cli.run("users", "edit-roles", "bob", "--roles", "").code()).isZero();
        assertThat(server.calls("PUT", BOB + "/roles")
                        .getLast()
                        .as(UpdateRoles.class)
                        .roles())
                .isEmpty();
    }

    @Test
    void oneIsDeletedAndAnotherMadeThatHasNoPassword() {
        server.answer("DELETE", BOB, Answer.json(200, Map.of()));
        server.answer("POST", "/api/v2/users", Answer.json(201, Samples.user("robot")));
        assertThat(cli.run("users", "delete", "bob").code()).isZero();
        assertThat(server.calls("DELETE", BOB)).hasSize(1);

        var made =
                cli.run("users", "create", "-u", "robot", "-e", "r@example.com", "--login-type", "none", "-O", "main");
        assertThat(made.code()).as(made.err()).isZero();
        var sent = server.calls("POST", "/api/v2/users").getFirst().as(CreateUserRequestWithOrgs.class);
        assertThat(sent.loginType()).isEqualTo(LoginType.NONE);
        assertThat(sent.password()).isNull();
        assertThat(sent.organizationIds()).containsExactly(Samples.ORGANIZATION);
        assertThat(cli.run("users", "create", "-e", "r@example.com").code()).isEqualTo(2);
    }

    @Test
    void aTokenIsLimitedInTimeAndReach() {
        server.answer("POST", TOKENS, Answer.json(201, Map.of("key", "abcdefghij-secret")));
        var made = cli.run(
                "tokens",
                "create",
                "-n",
                "ci",
                "--lifetime",
                "1d12h",
                "--scope",
                "workspace:read",
                "--allow",
                "workspace:" + Samples.WORKSPACE);
        assertThat(made.out()).isEqualTo("abcdefghij-secret\n");
        assertThat(server.calls("POST", TOKENS).getFirst().as(CreateTokenRequest.class))
                .isEqualTo(new CreateTokenRequest(
                        Duration.ofHours(36).toNanos(),
                        "",
                        List.of("workspace:read"),
                        "ci",
                        List.of(new APIAllowListTarget("workspace", Samples.WORKSPACE.toString()))));
        assertThat(cli.run("tokens", "create", "--allow", "workspace").err()).contains("TYPE:ID");
        assertThat(cli.run("tokens", "create", "--lifetime", "soon").code()).isEqualTo(2);
        assertThat(cli.run("tokens", "create", "--lifetime", "999999d").err()).contains("No token can live that long");
    }

    @Test
    void oneTokenIsViewedAndRemovedByItsName() {
        server.answer("GET", TOKENS, List.of(token("ci\033[2J")));
        assertThat(cli.run("tokens", "view", "abcdefghij", "-c", "id,name,scopes")
                        .out())
                .isEqualTo("ID          NAME  SCOPES\nabcdefghij  ci    workspace:read\n");
        assertThat(cli.run("tokens", "view", "other").code()).isEqualTo(1);

        server.answer("GET", TOKENS, List.of(token("ci")));
        server.answer("DELETE", "/api/v2/users/me/keys/abcdefghij", Answer.json(204, ""));
        assertThat(cli.run("tokens", "remove", "ci").code()).isZero();
        assertThat(server.calls("DELETE", "/api/v2/users/me/keys/abcdefghij")).hasSize(1);
        assertThat(cli.run("tokens", "remove", "other").err()).contains("You have no token \"other\"");
    }

    private static APIKeyWithOwner token(String name) {
        return new APIKeyWithOwner(
                "abcdefghij",
                Samples.USER,
                Samples.TIME,
                Samples.TIME,
                Samples.TIME,
                Samples.TIME,
                LoginType.TOKEN,
                "",
                List.of("workspace:read"),
                name,
                0,
                List.of(),
                "alice");
    }

    private static AssignableRoles role(String name) {
        return new AssignableRoles(name, "", "", List.of(), List.of(), List.of(), List.of(), true, true);
    }
}
