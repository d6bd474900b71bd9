package dev.cloister.cli.organization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.cli.testing.FakeCloister.Answer;
import dev.cloister.cli.testing.Samples;
import dev.cloister.contract.api.CreateOrganizationRequest;
import dev.cloister.contract.api.Organization;
import dev.cloister.contract.api.OrganizationMember;
import dev.cloister.contract.api.ShareableWorkspaceOwners;
import dev.cloister.contract.api.SlimRole;
import dev.cloister.contract.api.UpdateRoles;
import dev.cloister.contract.api.WorkspaceSharingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OrganizationCommandsTest {
    private static final String ALL = "/api/v2/organizations";
    private static final String MAIN = ALL + "/" + Samples.ORGANIZATION;
    private static final Organization OTHER = new Organization(
            new UUID(1, 2), "ops", "O\033[31mps", "", "", Samples.TIME, Samples.TIME, false, List.of());

    @TempDir
    Path directory;

    private FakeCloister server;
    private Cli cli;

    @BeforeEach
    void start() throws Exception {
        server = new FakeCloister();
        server.answer("GET", "/api/v2/users/me/organizations", List.of(Samples.organization(), OTHER));
        server.answer("GET", ALL, List.of(Samples.organization(), OTHER));
        server.answer("GET", ALL + "/ops", OTHER);
        cli = new Cli(CliMain::run, directory).loggedInTo(server.url());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void organizationsAreListedWithoutWhatTheyWouldDoToTheTerminal() {
        var listed = cli.run("organizations", "list", "-c", "name,display name");
        assertThat(listed.out()).isEqualTo("NAME  DISPLAY NAME\nmain  Main\nops   Ops\n");
        assertThat(cli.run("org", "ls", "-o", "json").out())
                .contains("\"is_default\" : true")
                .doesNotContain("\033");
        assertThat(cli.run("orgs", "list", "-c", "colour").code()).isEqualTo(2);
    }

    @Test
    void oneIsShownByNameOrAsTheOneThatCommandsWorkWith() {
        assertThat(cli.run("organizations", "show", "--only-id").out().strip())
                .isEqualTo(Samples.ORGANIZATION.toString());
        assertThat(cli.run("organizations", "show", "-O", "ops", "--only-id")
                        .out()
                        .strip())
                .isEqualTo(OTHER.id().toString());
        assertThat(cli.run("organizations", "show", "me").out())
                .contains("main")
                .contains("ops");
        var missing = cli.run("organizations", "show", "nobody");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("There is no organization \"nobody\" that you can see.");
        cli.with("CODER_ORGANIZATION", "ops");
        assertThat(cli.run("organizations", "show", "--only-id").out().strip())
                .isEqualTo(OTHER.id().toString());
    }

    @Test
    void oneIsMadeAndDeletingOneNeedsConsent() {
        server.answer("POST", ALL, Answer.json(201, OTHER));
        server.answer("DELETE", ALL + "/" + OTHER.id(), Answer.json(200, OTHER));
        var made = cli.run("organizations", "create", "ops", "--display-name", "Ops", "-y");
        assertThat(made.code()).as(made.err()).isZero();
        var sent = server.calls("POST", ALL).getFirst().as(CreateOrganizationRequest.class);
        assertThat(sent).isEqualTo(new CreateOrganizationRequest("ops", "Ops", "", ""));

        var refused = cli.run("organizations", "delete", "ops");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--yes");
        assertThat(server.calls("DELETE", ALL + "/" + OTHER.id())).isEmpty();
        assertThat(cli.run("organizations", "delete", "ops", "--yes").code()).isZero();
        assertThat(server.calls("DELETE", ALL + "/" + OTHER.id())).hasSize(1);
    }

    @Test
    void anEditWithoutAChangeIsRefused() {
        assertThat(cli.run("organizations", "edit", "ops").code()).isEqualTo(2);
        server.answer("PATCH", ALL + "/" + OTHER.id(), OTHER);
        assertThat(cli.run("organizations", "edit", "ops", "--default-member-roles", "")
                        .code())
                .isZero();
        assertThat(server.calls("PATCH", ALL + "/" + OTHER.id()).getFirst().text())
                .contains("\"default_org_member_roles\":[]");
    }

    @Test
    void membersAreListedTakenInAndGivenRoles() {
        var auditor = new SlimRole("organization-auditor", "", Samples.ORGANIZATION.toString());
        var member = new OrganizationMember(
                Samples.USER, Samples.ORGANIZATION, Samples.TIME, Samples.TIME, List.of(auditor));
        server.answer("GET", MAIN + "/members", List.of(Samples.member("bob", Samples.USER, auditor)));
        server.answer("POST", MAIN + "/members/bob", member);
        server.answer("PUT", MAIN + "/members/bob/roles", member);
        server.answer("DELETE", MAIN + "/members/bob", Answer.json(204, ""));

        assertThat(cli.run("organizations", "members", "list").out())
                .isEqualTo("USERNAME  ORGANIZATION ROLES\nbob       organization-auditor\n");
        assertThat(cli.run("organizations", "members", "add", "bob").out()).contains("bob is now a member of main");
        var changed = cli.run("organizations", "member", "edit-roles", "bob", "organization-auditor");
        assertThat(changed.out()).contains("bob has organization-auditor in main now.");
        assertThat(server.calls("PUT", MAIN + "/members/bob/roles")
                        .getFirst()
                        .as(UpdateRoles.class)
                        .roles())
                .containsExactly("organization-auditor");
        assertThat(cli.run("organizations", "members", "remove", "bob").code()).isZero();
        assertThat(cli.run("organizations", "members", "add").code()).isEqualTo(2);
    }

    @Test
    void whoseWorkspacesCanBeSharedIsJsonBothWays() {
        var path = MAIN + "/settings/workspace-sharing";
        server.answer("GET", path, new WorkspaceSharingSettings(false, false, ShareableWorkspaceOwners.EVERYONE));
        server.answer("PATCH", path, new WorkspaceSharingSettings(false, true, ShareableWorkspaceOwners.NONE));

        assertThat(cli.run("organizations", "settings", "show", "workspace-sharing")
                        .out())
                .contains("\"shareable_workspace_owners\" : \"everyone\"");
        var set = cli.runWith(
                "{\"shareable_workspace_owners\":\"none\"}", "organizations", "settings", "set", "workspace-sharing");
        assertThat(set.out()).contains("\"sharing_disabled\" : true");
        assertThat(server.calls("PATCH", path).getFirst().text()).contains("\"none\"");
        assertThat(cli.runWith("nonsense", "organizations", "settings", "set", "workspace-sharing")
                        .code())
                .isEqualTo(2);
        assertThat(server.calls("PATCH", path)).hasSize(1);
    }
}
