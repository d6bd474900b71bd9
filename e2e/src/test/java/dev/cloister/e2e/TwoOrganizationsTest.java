package dev.cloister.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/**
 * The life of two organizations by plain HTTP, against the packaged server: people, groups and roles; a template pushed,
 * shared and refused; a workspace through its whole life; quotas hit; tokens scoped; the audit read back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoOrganizationsTest {
    private static final String PASSWORD = "ladder cloud nine piano";
    private static final Duration BUILD = Duration.ofMinutes(1);

    private final Map<String, Api> people = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private CloisterServer server;
    private Api ada;

    @BeforeAll
    void twoOrganizations() throws IOException {
        server = CloisterServer.start("--api-rate-limit", "0", "--login-rate-limit", "0");
        ada = Api.asFirstUser(server.url, "ada", PASSWORD);
        for (String name : List.of("north", "south")) {
            ids.put(name, made(ada.send("POST", "/api/v2/organizations", Map.of("name", name, "display_name", name))));
        }
        person("nora", "north", List.of("organization-admin"));
        person("tess", "north", List.of("organization-template-admin"));
        person("ned", "north", List.of());
        person("nils", "north", List.of());
        person("sam", "south", List.of());
    }

    @AfterAll
    void nothingStays() throws IOException {
        server.close();
    }

    private void person(String name, String organization, List<String> roles) {
        ids.put(
                name,
                made(ada.send(
                        "POST",
                        "/api/v2/users",
                        Map.of(
                                "username",
                                name,
                                "email",
                                name + "@example.com",
                                "password",
                                PASSWORD,
                                "login_type",
                                "password",
                                "organization_ids",
                                List.of(ids.get(organization))))));
        if (!roles.isEmpty()) {
            ada.send(
                            "PUT",
                            "/api/v2/organizations/" + ids.get(organization) + "/members/" + ids.get(name) + "/roles",
                            Map.of("roles", roles))
                    .ok();
        }
        people.put(name, Api.signedIn(server.url, name, PASSWORD));
    }

    private Api as(String name) {
        return people.get(name);
    }

    private static String made(Api.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().get("id").asString();
    }

    private static void refused(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().get("message").asString()).isNotEmpty();
    }

    private static List<String> names(JsonNode list, String field) {
        var names = new ArrayList<String>();
        list.forEach(each -> names.add(each.get(field).asString()));
        return names;
    }

    @Test
    @Order(1)
    void peopleOfOneOrganizationDoNotSeeTheOther() {
        assertThat(names(as("ned").read("/api/v2/organizations"), "name")).containsExactly("north");
        refused(as("ned").get("/api/v2/organizations/south"), 404);
        refused(as("ned").get("/api/v2/organizations/" + ids.get("south") + "/members"), 404);
        refused(as("nora").send("POST", "/api/v2/organizations", Map.of("name", "east")), 403);
        refused(
                as("ned")
                        .send(
                                "PUT",
                                "/api/v2/organizations/" + ids.get("north") + "/members/" + ids.get("ned") + "/roles",
                                Map.of("roles", List.of("organization-admin"))),
                403);
    }

    @Test
    @Order(2)
    void groupsBelongToTheirOrganization() {
        String groups = "/api/v2/organizations/" + ids.get("north") + "/groups";
        refused(as("ned").send("POST", groups, Map.of("name", "builders")), 403);
        ids.put("builders", made(as("nora").send("POST", groups, Map.of("name", "builders", "quota_allowance", 2))));
        String group = "/api/v2/groups/" + ids.get("builders");
        var changed = as("nora").send("PATCH", group, Map.of("add_users", List.of(ids.get("ned"), ids.get("nils"))));
        assertThat(names(changed.ok().json().get("members"), "username")).contains("ned", "nils");
        assertThat(as("nora")
                        .send("PATCH", group, Map.of("add_users", List.of(ids.get("sam"))))
                        .status())
                .isGreaterThanOrEqualTo(400);
        refused(as("sam").get(group), 404);
    }

    @Test
    @Order(3)
    void aCustomRoleGivesWhatItSaysAndNobodyGivesMoreThanTheyHave() {
        String roles = "/api/v2/organizations/" + ids.get("north") + "/members/roles";
        var reader = Map.of(
                "name",
                "log-reader",
                "display_name",
                "Reads the log",
                "site_permissions",
                List.of(),
                "user_permissions",
                List.of(),
                "organization_member_permissions",
                List.of(),
                "organization_permissions",
                List.of(Map.of("resource_type", "audit_log", "action", "read", "negate", false)));
        refused(as("nils").send("POST", roles, reader), 403);
        as("nora").send("POST", roles, reader).ok();
        String log = "/api/v2/audit?limit=5&q=organization:" + ids.get("north");
        refused(as("nils").get(log), 403);
        as("nora")
                .send(
                        "PUT",
                        "/api/v2/organizations/" + ids.get("north") + "/members/" + ids.get("nils") + "/roles",
                        Map.of("roles", List.of("log-reader")))
                .ok();
        assertThat(as("nils").read(log).get("audit_logs").size()).isPositive();
        var south = as("nils").get("/api/v2/audit?limit=5&q=organization:" + ids.get("south"));
        assertThat(south.status() >= 400 || south.json().get("audit_logs").isEmpty())
                .as(south.body())
                .isTrue();
    }

    @Test
    @Order(4)
    void aTemplateIsPushedSharedAndRefused() throws IOException {
        String file = as("tess")
                .upload("/api/v2/files", "application/zip", archive())
                .ok()
                .json()
                .get("hash")
                .asString();
        String versions = "/api/v2/organizations/" + ids.get("north") + "/templateversions";
        var version = Map.of("name", "first", "storage_method", "file", "file_id", file, "provisioner", "terraform");
        refused(as("ned").send("POST", versions, version), 404); // the file is another's, too
        ids.put("version", made(as("tess").send("POST", versions, version)));
        Eventually.within(
                BUILD,
                "the import's end",
                () -> "succeeded".equals(job("/api/v2/templateversions/" + ids.get("version"))),
                () -> as("tess")
                        .get("/api/v2/templateversions/" + ids.get("version") + "/logs")
                        .body());
        ids.put(
                "template",
                made(as("tess")
                        .send(
                                "POST",
                                "/api/v2/organizations/" + ids.get("north") + "/templates",
                                Map.of("name", "small", "template_version_id", ids.get("version")))));
        String template = "/api/v2/templates/" + ids.get("template");
        assertThat(as("ned").get(template).status()).isEqualTo(200);
        refused(as("sam").get(template), 404);

        // Only the builders from now on: not everybody of the organization, and not ned when he leaves the group.
        var sharing =
                Map.of("user_perms", Map.of(), "group_perms", Map.of(ids.get("north"), "", ids.get("builders"), "use"));
        refused(as("ned").send("PATCH", template + "/acl", sharing), 403);
        as("tess").send("PATCH", template + "/acl", sharing).ok();
        assertThat(as("ned").get(template).status()).isEqualTo(200);
        String group = "/api/v2/groups/" + ids.get("builders");
        as("nora")
                .send("PATCH", group, Map.of("remove_users", List.of(ids.get("ned"))))
                .ok();
        refused(as("ned").get(template), 404);
        as("nora")
                .send("PATCH", group, Map.of("add_users", List.of(ids.get("ned"))))
                .ok();
        assertThat(as("ned").get(template).status()).isEqualTo(200);
    }

    private String job(String path) {
        return as("tess").read(path).get("job").get("status").asString();
    }

    private static byte[] archive() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("workspace.yaml"));
            zip.write("""
                    version: 1
                    name: Small
                    image: host
                    cost: 1
                    resources: {cpu: 1, memory: 1GiB, disk: 1GiB}
                    """.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    @Order(5)
    void aWorkspaceLivesItsWholeLife() {
        ids.put("workspace", created("ned", "dev"));
        String workspace = "/api/v2/workspaces/" + ids.get("workspace");
        finished(workspace, "running");
        refused(as("sam").get(workspace), 404);
        refused(as("nils").get(workspace), 404);
        as("ned").send("PUT", workspace + "/ttl", Map.of("ttl_ms", 7_200_000)).ok();
        refused(as("ned").send("PUT", workspace + "/ttl", Map.of("ttl_ms", -1)), 400);
        as("ned")
                .send("PUT", workspace + "/autostart", Map.of("schedule", "CRON_TZ=Europe/Berlin 30 9 * * 1-5"))
                .ok();
        refused(as("ned").send("PUT", workspace + "/autostart", Map.of("schedule", "every morning")), 400);
        as("ned").send("PUT", workspace + "/favorite", null).ok();
        assertThat(as("ned").read(workspace).get("favorite").asBoolean()).isTrue();

        as("ned")
                .send(
                        "PATCH",
                        workspace + "/acl",
                        Map.of("user_roles", Map.of(ids.get("nils"), "use"), "group_roles", Map.of()))
                .ok();
        assertThat(as("nils").get(workspace).status()).isEqualTo(200);
        refused(as("nils").send("PATCH", workspace, Map.of("name", "mine")), 403);
        as("ned")
                .send(
                        "PATCH",
                        workspace + "/acl",
                        Map.of("user_roles", Map.of(ids.get("nils"), ""), "group_roles", Map.of()))
                .ok();
        refused(as("nils").get(workspace), 404);

        built("ned", ids.get("workspace"), "stop", "stopped");
        as("ned").send("PATCH", workspace, Map.of("name", "renamed")).ok();
        built("ned", ids.get("workspace"), "start", "running");
        assertThat(as("ned").read(workspace).get("name").asString()).isEqualTo("renamed");
    }

    private String created(String owner, String name) {
        return made(as(owner)
                .send(
                        "POST",
                        "/api/v2/organizations/" + ids.get("north") + "/members/me/workspaces",
                        Map.of("name", name, "template_id", ids.get("template"))));
    }

    private void built(String owner, String workspace, String transition, String status) {
        as(owner)
                .send("POST", "/api/v2/workspaces/" + workspace + "/builds", Map.of("transition", transition))
                .ok();
        finished("/api/v2/workspaces/" + workspace, status);
    }

    private void finished(String workspace, String status) {
        Eventually.within(
                BUILD,
                status,
                () -> ada.read(workspace + "?include_deleted=true")
                        .get("latest_build")
                        .get("status")
                        .asString()
                        .equals(status),
                () -> ada.get(workspace + "?include_deleted=true").body());
    }

    @Test
    @Order(6)
    void parallelBuildsDoNotBeatTheQuota() throws InterruptedException {
        String quota = "/api/v2/organizations/" + ids.get("north") + "/members/" + ids.get("ned") + "/workspace-quota";
        JsonNode before = as("ned").read(quota);
        assertThat(before.get("budget").asInt()).isEqualTo(2);
        assertThat(before.get("credits_consumed").asInt()).isEqualTo(1);
        var made = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            made.add(created("ned", "more-" + i));
        }
        for (String each : made) {
            Eventually.within(
                    BUILD,
                    "the build's end",
                    () -> List.of("running", "failed").contains(status(each)),
                    () -> status(each));
        }
        assertThat(made.stream().map(this::status)).containsOnlyOnce("running");
        assertThat(as("ned").read(quota).get("credits_consumed").asInt()).isEqualTo(2);
        for (String each : made) {
            built("ned", each, "delete", "deleted");
        }
        assertThat(as("ned").read(quota).get("credits_consumed").asInt()).isEqualTo(1);
    }

    private String status(String workspace) {
        return ada.read("/api/v2/workspaces/" + workspace + "?include_deleted=true")
                .get("latest_build")
                .get("status")
                .asString();
    }

    @Test
    @Order(7)
    void aTokenDoesNoMoreThanItSays() {
        var wanted = Map.of(
                "token_name",
                "reader",
                "lifetime",
                3_600_000_000_000L,
                "scopes",
                List.of("workspace:read"),
                "allow_list",
                List.of(Map.of("type", "workspace", "id", ids.get("workspace"))));
        var answer = as("ned").send("POST", "/api/v2/users/me/keys/tokens", wanted);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        var reader = Api.withToken(server.url, answer.json().get("key").asString());
        String workspace = "/api/v2/workspaces/" + ids.get("workspace");
        assertThat(reader.get(workspace).status()).isEqualTo(200);
        refused(reader.send("PATCH", workspace, Map.of("name", "stolen")), 403);
        assertThat(reader.get("/api/v2/workspaces/" + UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(reader.get("/api/v2/templates/" + ids.get("template")).status())
                .isGreaterThanOrEqualTo(403);
        assertThat(reader.send("POST", "/api/v2/users/me/keys/tokens", Map.of("token_name", "wider"))
                        .status())
                .isGreaterThanOrEqualTo(403);
        as("ned")
                .send("DELETE", "/api/v2/users/me/keys/" + reader.token().split("-")[0], null)
                .ok();
        refused(reader.get(workspace), 401);
    }

    @Test
    @Order(8)
    void aSuspendedPersonIsOutAtOnceAndASecondTimeIn() {
        ada.send("PUT", "/api/v2/users/nils/status/suspend", null).ok();
        refused(as("nils").get("/api/v2/users/me"), 401);
        ada.send("PUT", "/api/v2/users/nils/status/activate", null).ok();
        people.put("nils", Api.signedIn(server.url, "nils", PASSWORD));
        assertThat(as("nils").get("/api/v2/users/me").status()).isEqualTo(200);
    }

    @Test
    @Order(9)
    void whatWasDoneIsReadBackFromTheAudit() {
        built("ned", ids.get("workspace"), "delete", "deleted");
        refused(ada.send("DELETE", "/api/v2/organizations/default", null), 400);
        for (String query : List.of(
                "resource_type:organization action:create",
                "resource_type:user action:create",
                "resource_type:group action:create",
                "resource_type:group action:write",
                "resource_type:custom_role action:create",
                "resource_type:organization_member action:write",
                "resource_type:template_version action:create",
                "resource_type:template action:create",
                "resource_type:template action:write",
                "resource_type:workspace action:create",
                "resource_type:workspace action:write",
                "resource_type:workspace_build action:start",
                "resource_type:workspace_build action:stop",
                "resource_type:workspace_build action:delete",
                "resource_type:api_key action:create",
                "resource_type:api_key action:delete",
                "action:login")) {
            JsonNode found = ada.read(
                    "/api/v2/audit?limit=10&q=" + query.replace(" ", "%20").replace(":", "%3A"));
            assertThat(found.get("count").asInt()).as(query).isPositive();
        }
    }
}
