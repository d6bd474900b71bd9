package dev.cloister.cli.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.cli.testing.FakeCloister.Answer;
import dev.cloister.cli.testing.Samples;
import dev.cloister.contract.api.CreateGroupRequest;
import dev.cloister.contract.api.Group;
import dev.cloister.contract.api.GroupSource;
import dev.cloister.contract.api.PatchGroupRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupCommandsTest {
    private static final UUID ID = new UUID(20, 1);
    private static final String GROUPS = "/api/v2/organizations/" + Samples.ORGANIZATION + "/groups";
    private static final Group OPS = new Group(
            ID, "ops", "O\033]0;x\007ps", Samples.ORGANIZATION, List.of(), 3, "", 7, GroupSource.USER, "main", "Main");

    @TempDir
    Path directory;

    private FakeCloister server;
    private Cli cli;

    @BeforeEach
    void start() throws Exception {
        server = new FakeCloister();
        server.answer("GET", "/api/v2/users/me/organizations", List.of(Samples.organization()));
        server.answer("GET", GROUPS, List.of(OPS));
        server.answer("GET", GROUPS + "/ops", OPS);
        cli = new Cli(CliMain::run, directory).loggedInTo(server.url());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void groupsAreListedWithoutWhatTheyWouldDoToTheTerminal() {
        assertThat(cli.run("groups", "list", "-c", "name,display name,quota allowance")
                        .out())
                .isEqualTo("NAME  DISPLAY NAME  QUOTA ALLOWANCE\nops   Ops           7\n");
        assertThat(cli.run("group", "ls", "-o", "json").out()).contains("\"total_member_count\" : 3");
    }

    @Test
    void oneIsMade() {
        server.answer("POST", GROUPS, Answer.json(201, OPS));
        assertThat(cli.run("groups", "create", "ops", "--quota-allowance", "7").code())
                .isZero();
        assertThat(server.calls("POST", GROUPS).getFirst().as(CreateGroupRequest.class))
                .isEqualTo(new CreateGroupRequest("ops", "", "", 7));
        assertThat(cli.run("groups", "create", "ops", "--quota-allowance", "many")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void peopleAreNamedByNameOrAddressAndAStrangerChangesNothing() {
        server.answer(
                "GET",
                "/api/v2/organizations/" + Samples.ORGANIZATION + "/members",
                List.of(Samples.member("bob", new UUID(30, 1)), Samples.member("eve", new UUID(30, 2))));
        server.answer("PATCH", "/api/v2/groups/" + ID, OPS);
        var changed = cli.run("groups", "edit", "ops", "-a", "Bob@example.com", "-r", "eve");
        assertThat(changed.code()).as(changed.err()).isZero();
        var sent = server.calls("PATCH", "/api/v2/groups/" + ID).getFirst().as(PatchGroupRequest.class);
        assertThat(sent.addUsers()).containsExactly(new UUID(30, 1).toString());
        assertThat(sent.removeUsers()).containsExactly(new UUID(30, 2).toString());

        assertThat(cli.run("groups", "edit", "ops", "-a", "mallory").err())
                .contains("\"mallory\" is not a member of the organization.");
        assertThat(cli.run("groups", "edit", "ops").code()).isEqualTo(2);
        assertThat(cli.run("groups", "edit", "none", "-n", "x").err()).contains("There is no group \"none\"");
        assertThat(server.calls("PATCH", "/api/v2/groups/" + ID)).hasSize(1);
    }

    @Test
    void oneIsDeleted() {
        server.answer("DELETE", "/api/v2/groups/" + ID, OPS);
        assertThat(cli.run("groups", "delete", "ops").code()).isZero();
        assertThat(server.calls("DELETE", "/api/v2/groups/" + ID)).hasSize(1);
    }
}
