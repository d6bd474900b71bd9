package dev.cloister.server.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.api.ProvisionerJobLog;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.organization.OrganizationId;
import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestWorkspaces;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Templates over HTTP, by an administrator, a member, and somebody of another organization. */
class TemplateRoutesTest {
    private static final String PARAMETERS = """
            version: 1
            name: Asking
            description: Asks.
            parameters:
              - name: size
                type: number
                default: 2
                mutable: true
                validation: { min: 1, max: 8, error: "between {min} and {max}" }
              - name: region
                display_name: Region
                options:
                  - { name: Europe, value: eu }
                  - { name: Asia, value: asia }
            """;

    private static TestWorkspaces world;
    private static String member;
    private static String outsider;

    @BeforeAll
    static void start() {
        world = TestWorkspaces.started();
        member = world.api.person("mara");
        outsider = world.api.outsider("otto");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static String path(String template) {
        return "/api/v2/templates/" + template;
    }

    @Test
    void anArchiveIsStoredOnceForEachPerson() {
        byte[] tar = TestWorkspaces.tar(Map.of("workspace.yaml", "version: 1\n# once"));
        var first = world.upload(world.api.owner(), "application/x-tar", tar);
        var second = world.upload(world.api.owner(), "application/x-tar", tar);
        var other = world.upload(member, "application/x-tar", tar);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(201);
        assertThat(other.body()).isNotEqualTo(first.body());
    }

    @Test
    void anArchiveIsForWhoUploadedItAndNobodyElseCanTellThatItIsThere() {
        String id = TestApi.json(world.upload(
                        member,
                        "application/x-tar",
                        TestWorkspaces.tar(Map.of("workspace.yaml", "version: 1\n# mine"))))
                .get("hash")
                .asString();
        assertThat(world.api.get("/api/v2/files/" + id, member).statusCode()).isEqualTo(200);
        var foreign = world.api.get("/api/v2/files/" + id, outsider);
        var missing = world.api.get("/api/v2/files/" + UUID.randomUUID(), outsider);
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(missing.body());
    }

    @Test
    void whatIsNoTemplateArchiveIsRefused() {
        byte[] tar = TestWorkspaces.tar(Map.of("workspace.yaml", "version: 1"));
        assertThat(world.upload(member, "application/json", tar).statusCode()).isEqualTo(400);
        assertThat(world.upload(member, "application/zip", tar).statusCode()).isEqualTo(400);
        assertThat(world.upload(member, "application/x-tar", new byte[(1 << 20) + 1])
                        .statusCode())
                .isEqualTo(413);
        assertThat(world.upload("", "application/x-tar", tar).statusCode()).isEqualTo(401);
    }

    @Test
    void aZipIsKeptAsATar() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("workspace.yaml"));
            zip.write("version: 1".getBytes(StandardCharsets.UTF_8));
        }
        var uploaded = world.upload(world.api.owner(), "application/zip", bytes.toByteArray());
        assertThat(uploaded.statusCode()).isEqualTo(201);
        byte[] tar = world.as(world.api.owner())
                .templates()
                .download(UUID.fromString(TestApi.json(uploaded).get("hash").asString()));
        assertThat(Archives.readTar(tar).paths()).containsExactly("workspace.yaml");
    }

    @Test
    void aVersionIsImportedAndShowsWhatItAsksAndMakes() {
        var version = world.version(PARAMETERS, "");
        assertThat(version.at("/job/status").asString()).isIn("pending", "running", "succeeded");
        var imported = world.imported(version);
        assertThat(imported.at("/job/status").asString()).isEqualTo("succeeded");
        assertThat(imported.get("readme").asString()).isEqualTo("# Read me");
        assertThat(imported.at("/created_by/username").asString()).isEqualTo("admin");
        assertThat(imported.at("/job/type").asString()).isEqualTo("template_version_import");
        String path = "/api/v2/templateversions/" + version.get("id").asString();
        var parameters = TestApi.json(world.api.get(path + "/rich-parameters", world.api.owner()));
        assertThat(parameters).hasSize(2);
        assertThat(parameters.at("/0/name").asString()).isEqualTo("size");
        assertThat(parameters.at("/0/default_value").asString()).isEqualTo("2");
        assertThat(parameters.at("/0/validation_max").asInt()).isEqualTo(8);
        assertThat(parameters.at("/1/required").asBoolean()).isTrue();
        assertThat(parameters.at("/1/options/0/value").asString()).isEqualTo("eu");
        var resources = TestApi.json(world.api.get(path + "/resources", world.api.owner()));
        assertThat(resources.at("/0/type").asString()).isEqualTo("cloister_sandbox");
        assertThat(resources.at("/0/agents/0/name").asString()).isEqualTo("main");
        for (String empty : List.of("/variables", "/presets", "/external-auth")) {
            assertThat(world.api.get(path + empty, world.api.owner()).body()).isEqualTo("[]");
        }
    }

    @Test
    void aTemplateThatIsNonsenseFailsWithLineAndField() {
        var imported = world.imported(world.version("version: 1\nresources:\n  memory: lots\nnonsense: true\n", ""));
        assertThat(imported.at("/job/status").asString()).isEqualTo("failed");
        assertThat(imported.at("/job/error").asString()).contains("workspace.yaml:3", "resources.memory");
        String log = world.api
                .get(
                        "/api/v2/templateversions/" + imported.get("id").asString() + "/logs?format=text",
                        world.api.owner())
                .body();
        assertThat(log).contains("[error]", "workspace.yaml:3", "nonsense");
    }

    @Test
    void aFailedVersionMakesNoTemplate() {
        var version = world.imported(world.version("version: 7\n", ""));
        var refused = world.api.send(
                "POST",
                "/api/v2/organizations/" + world.api.organization() + "/templates",
                world.api.owner(),
                Map.of(
                        "name",
                        "broken",
                        "template_version_id",
                        version.get("id").asString()));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("template_version_id");
    }

    @Test
    void theLogIsFollowedToItsEnd() throws Exception {
        var version = world.version(TestWorkspaces.PLAIN + "# followed", "");
        var id = UUID.fromString(version.get("id").asString());
        var lines = new ArrayList<ProvisionerJobLog>();
        try (var client = world.as(world.api.owner());
                var log = client.templates().followImport(id, 0)) {
            for (var line = log.next(); line.isPresent(); line = log.next()) {
                lines.add(line.get());
            }
        }
        assertThat(lines).extracting(ProvisionerJobLog::output).anyMatch(text -> text.contains("asks: 0"));
        assertThat(lines).extracting(ProvisionerJobLog::id).isSorted().doesNotHaveDuplicates();
        assertThat(world.imported(version).at("/job/status").asString()).isEqualTo("succeeded");
    }

    @Test
    void aMemberSeesAndUsesATemplateButDoesNotChangeIt() {
        String template = world.template("shared", TestWorkspaces.PLAIN + "# shared");
        var seen = world.api.get(path(template), member);
        assertThat(seen.statusCode()).isEqualTo(200);
        assertThat(TestApi.json(seen).get("organization_name").asString()).isEqualTo("default");
        assertThat(TestApi.json(seen).get("build_time_stats").has("start")).isTrue();
        assertThat(world.api
                        .send("PATCH", path(template), member, Map.of("name", "mine"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(world.api.send("DELETE", path(template), member, null).statusCode())
                .isEqualTo(403);
        assertThat(world.api
                        .get("/api/v2/templates?q=exact_name:shared", member)
                        .body())
                .contains(template);
    }

    @Test
    void anOutsiderCannotTellAForeignTemplateFromNone() {
        String template = world.template("hidden", TestWorkspaces.PLAIN + "# hidden");
        String version = TestApi.json(world.api.get(path(template), world.api.owner()))
                .get("active_version_id")
                .asString();
        for (String method : List.of("GET", "PATCH", "DELETE")) {
            var foreign = world.api.send(method, path(template), outsider, method.equals("PATCH") ? Map.of() : null);
            var missing = world.api.send(
                    method, path(UUID.randomUUID().toString()), outsider, method.equals("PATCH") ? Map.of() : null);
            assertThat(foreign.statusCode()).as(method).isEqualTo(missing.statusCode());
            assertThat(foreign.body()).as(method).isEqualTo(missing.body());
        }
        for (String part : List.of("", "/logs", "/rich-parameters", "/resources", "/presets")) {
            var foreign = world.api.get("/api/v2/templateversions/" + version + part, outsider);
            var missing = world.api.get("/api/v2/templateversions/" + UUID.randomUUID() + part, outsider);
            assertThat(foreign.statusCode()).as(part).isEqualTo(404);
            assertThat(foreign.body()).as(part).isEqualTo(missing.body());
        }
        assertThat(world.api.get("/api/v2/templates", outsider).body()).isEqualTo("[]");
        assertThat(world.api
                        .get("/api/v2/organizations/" + world.api.organization() + "/templates", outsider)
                        .statusCode())
                .isEqualTo(404);
        assertThat(world.api
                        .get("/api/v2/organizations/default/templates/hidden", outsider)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void withoutTheGrantToEveryoneAMemberCannotTellATemplateFromNone() {
        String template = world.template("private", TestWorkspaces.PLAIN + "# private");
        assertThat(world.api
                        .send("PATCH", path(template), world.api.owner(), Map.of("disable_everyone_group_access", true))
                        .statusCode())
                .isEqualTo(200);
        assertThat(world.api.get(path(template), member).statusCode()).isEqualTo(404);
        assertThat(world.api.get("/api/v2/templates?q=private", member).body()).isEqualTo("[]");
        assertThat(world.api
                        .get("/api/v2/templates?q=private", world.api.owner())
                        .body())
                .contains(template);
    }

    @Test
    void namesAreUniqueAndChecked() {
        world.template("taken", TestWorkspaces.PLAIN + "# taken");
        var version = world.imported(world.version(TestWorkspaces.PLAIN + "# taken again", ""));
        String templates = "/api/v2/organizations/default/templates";
        String id = version.get("id").asString();
        var again = world.api.send(
                "POST", templates, world.api.owner(), Map.of("name", "TAKEN", "template_version_id", id));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(TestApi.json(again).at("/validations/0/field").asString()).isEqualTo("name");
        for (String wrong : List.of("", "with space", "-x", "x-", "a--b", "ü", "x".repeat(33))) {
            var refused = world.api.send(
                    "POST", templates, world.api.owner(), Map.of("name", wrong, "template_version_id", id));
            assertThat(refused.statusCode()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void aVersionIsPromotedAndTheOneBeforeIsFound() {
        String template = world.template("growing", TestWorkspaces.PLAIN + "# one");
        String first = TestApi.json(world.api.get(path(template), world.api.owner()))
                .get("active_version_id")
                .asString();
        var second = world.imported(world.version(TestWorkspaces.PLAIN + "# two", template));
        String id = second.get("id").asString();
        assertThat(world.api
                        .send("PATCH", path(template) + "/versions", member, Map.of("id", id))
                        .statusCode())
                .isEqualTo(403);
        assertThat(world.api
                        .send("PATCH", path(template) + "/versions", world.api.owner(), Map.of("id", id))
                        .statusCode())
                .isEqualTo(200);
        assertThat(world.api.get(path(template), member).body()).contains("\"active_version_id\":\"" + id);
        var versions = TestApi.json(world.api.get(path(template) + "/versions?limit=1", world.api.owner()));
        assertThat(versions).hasSize(1);
        assertThat(versions.at("/0/id").asString()).isEqualTo(id);
        String name = second.get("name").asString();
        String byName = "/api/v2/organizations/default/templates/growing/versions/" + name;
        assertThat(TestApi.json(world.api.get(byName, member)).get("id").asString())
                .isEqualTo(id);
        var previous = world.api.get(byName + "/previous", member);
        assertThat(TestApi.json(previous).get("id").asString()).isEqualTo(first);
        String firstName = TestApi.json(previous).get("name").asString();
        assertThat(world.api
                        .get(
                                "/api/v2/organizations/default/templates/growing/versions/" + firstName + "/previous",
                                member)
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void theActiveVersionIsNotArchivedAndAnArchivedOneNotPromoted() {
        String template = world.template("tidy", TestWorkspaces.PLAIN + "# tidy");
        String active = TestApi.json(world.api.get(path(template), world.api.owner()))
                .get("active_version_id")
                .asString();
        var other = world.imported(world.version(TestWorkspaces.PLAIN + "# tidy two", template));
        String versions = "/api/v2/templateversions/";
        String id = other.get("id").asString();
        assertThat(world.api
                        .send("POST", versions + active + "/archive", world.api.owner(), null)
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.api
                        .send("POST", versions + id + "/archive", world.api.owner(), null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(world.api
                        .send("PATCH", path(template) + "/versions", world.api.owner(), Map.of("id", id))
                        .statusCode())
                .isEqualTo(400);
        assertThat(TestApi.json(world.api.get(path(template) + "/versions", world.api.owner())))
                .hasSize(1);
        assertThat(world.api
                        .send("POST", versions + id + "/unarchive", world.api.owner(), null)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aTemplateIsDeletedOnlyWhenNoWorkspaceUsesIt() {
        String template = world.template("mortal", TestWorkspaces.PLAIN + "# mortal");
        String workspace = world.running(member, template, "lasting");
        var refused = world.api.send("DELETE", path(template), world.api.owner(), null);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("workspaces");
        assertThat(world.build(member, workspace, "delete").statusCode()).isEqualTo(201);
        world.awaitStatus(member, workspace, "deleted");
        assertThat(world.api
                        .send("DELETE", path(template), world.api.owner(), null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(world.api.get(path(template), world.api.owner()).statusCode())
                .isEqualTo(404);
        world.template("mortal", TestWorkspaces.PLAIN + "# mortal again");
    }

    @Test
    void theReadyMadeTemplateIsInstalledOnceAndCanBeUsedAtOnce() {
        var organization = new OrganizationId(UUID.fromString(world.api.organization()));
        var admin = new UserId(UUID.fromString(TestApi.json(world.api.get("/api/v2/users/me", world.api.owner()))
                .get("id")
                .asString()));
        world.templates.starters().install(organization, admin);
        world.templates.starters().install(organization, admin);
        var found = TestApi.json(world.api.get("/api/v2/templates?q=exact_name:sandbox", member));
        assertThat(found).hasSize(1);
        String template = found.at("/0/id").asString();
        world.running(member, template, "at-once");
        assertThat(world.api.database.look("SELECT count(*) FROM audit_events WHERE actor_name = 'starter-templates'"))
                .isEqualTo("2");
        var workspace = TestApi.json(world.api.get("/api/v2/users/me/workspace/at-once", member));
        world.build(member, workspace.get("id").asString(), "delete");
        world.awaitStatus(member, workspace.get("id").asString(), "deleted");
        assertThat(world.api
                        .send("DELETE", path(template), world.api.owner(), null)
                        .statusCode())
                .isEqualTo(200);
        world.templates.starters().install(organization, admin);
        assertThat(world.api
                        .get("/api/v2/templates?q=exact_name:sandbox", member)
                        .body())
                .isEqualTo("[]");
    }

    @Test
    void anExampleIsImportedByItsName() {
        var examples = TestApi.json(world.api.get("/api/v2/templates/examples", world.api.owner()));
        assertThat(examples.findValuesAsString("id")).contains("sandbox");
        var version = world.imported(TestWorkspaces.created(world.api.send(
                "POST",
                "/api/v2/organizations/default/templateversions",
                world.api.owner(),
                Map.of("example_id", "sandbox", "storage_method", "file", "provisioner", "terraform"))));
        assertThat(version.at("/job/status").asString()).isEqualTo("succeeded");
        var unknown = world.api.send(
                "POST",
                "/api/v2/organizations/default/templateversions",
                world.api.owner(),
                Map.of("example_id", "no-such", "storage_method", "file", "provisioner", "terraform"));
        assertThat(unknown.statusCode()).isEqualTo(404);
    }

    @Test
    void aMemberImportsNothing() {
        String file = TestApi.json(world.upload(
                        member, "application/x-tar", TestWorkspaces.tar(Map.of("workspace.yaml", "version: 1\n# m"))))
                .get("hash")
                .asString();
        var refused = world.api.send(
                "POST",
                "/api/v2/organizations/default/templateversions",
                member,
                Map.of("file_id", file, "storage_method", "file", "provisioner", "terraform"));
        assertThat(refused.statusCode()).isEqualTo(403);
    }

    @Test
    void whatIsDoneToTemplatesIsOnTheAuditLog() {
        String template = world.template("watched", TestWorkspaces.PLAIN + "# watched");
        world.api.send("PATCH", path(template), world.api.owner(), Map.of("display_name", "Watched"));
        var log = TestApi.json(world.api.get("/api/v2/audit?q=resource_id:" + template, world.api.owner()));
        assertThat(log.get("audit_logs").findValuesAsString("action")).containsExactly("write", "create");
        assertThat(log.at("/audit_logs/0/diff/display_name/new").asString()).isEqualTo("Watched");
        String version = TestApi.json(world.api.get(path(template), world.api.owner()))
                .get("active_version_id")
                .asString();
        var imports = TestApi.json(world.api.get("/api/v2/audit?q=resource_id:" + version, world.api.owner()));
        assertThat(imports.get("audit_logs").findValuesAsString("action")).containsExactly("write", "create");
        assertThat(imports.at("/audit_logs/0/additional_fields/outcome").asString())
                .isEqualTo("succeeded");
    }
}
