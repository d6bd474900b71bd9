package dev.cloister.cli.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.cli.testing.FakeCloister.Answer;
import dev.cloister.cli.testing.Samples;
import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.ArchiveTemplateVersionsResponse;
import dev.cloister.contract.api.CreateTemplateRequest;
import dev.cloister.contract.api.CreateTemplateVersionRequest;
import dev.cloister.contract.api.Preset;
import dev.cloister.contract.api.PresetParameter;
import dev.cloister.contract.api.ProvisionerJobStatus;
import dev.cloister.contract.api.TemplateAutostopRequirement;
import dev.cloister.contract.api.UpdateActiveTemplateVersion;
import dev.cloister.contract.api.UpdateTemplateMeta;
import dev.cloister.contract.api.UploadResponse;
import dev.cloister.contract.api.VariableValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemplateCommandsTest {
    private static final String VERSIONS = "/api/v2/organizations/" + Samples.ORGANIZATION + "/templateversions";
    private static final String TEMPLATES = "/api/v2/organizations/" + Samples.ORGANIZATION + "/templates";
    private static final String VERSION = "/api/v2/templateversions/" + Samples.VERSION;
    private static final String TEMPLATE = "/api/v2/templates/" + Samples.TEMPLATE;

    @TempDir
    Path directory;

    private FakeCloister server;
    private Cli cli;

    @BeforeEach
    void start() throws Exception {
        server = new FakeCloister();
        server.answer("GET", "/api/v2/templates", List.of());
        server.answer("GET", "/api/v2/users/me/organizations", List.of(Samples.organization()));
        server.answer("POST", "/api/v2/files", Answer.json(201, new UploadResponse(Samples.FILE)));
        server.answer("POST", TEMPLATES, Answer.json(201, Samples.template("go")));
        server.answer("PATCH", TEMPLATE + "/versions", ApiError.of("Updated the active template version!"));
        server.log(VERSION + "/logs", Samples.line(1, "Reading workspace.yaml", "one resource"));
        importEnds(ProvisionerJobStatus.SUCCEEDED, "");
        cli = new Cli(CliMain::run, directory).loggedInTo(server.url());
        assertThat(cli.run("templates", "init", "go").code()).isZero();
    }

    private void importEnds(ProvisionerJobStatus status, String error) {
        var version = Samples.version("brave-otter", Samples.job(status, error));
        server.answer("POST", VERSIONS, Answer.json(201, version));
        server.answer("GET", VERSION, version);
        server.answer("GET", TEMPLATES + "/go/versions/brave-otter", version);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aNewTemplateIsUploadedImportedAndMade() {
        var result = cli.run("templates", "push", "-d", "go");
        assertThat(result.err()).contains("one resource");
        assertThat(result.code()).isZero();
        var upload = server.calls("POST", "/api/v2/files").getFirst();
        assertThat(upload.headers()).containsEntry("content-type", "application/x-tar");
        assertThat(upload.text()).contains("workspace.yaml").contains("ustar");
        var version = server.calls("POST", VERSIONS).getFirst().as(CreateTemplateVersionRequest.class);
        assertThat(version.provisioner()).isEqualTo("sandbox");
        assertThat(version.fileId()).isEqualTo(Samples.FILE);
        assertThat(version.templateId()).isNull();
        var template = server.calls("POST", TEMPLATES).getFirst().as(CreateTemplateRequest.class);
        assertThat(template.name()).isEqualTo("go");
        assertThat(template.templateVersionId()).isEqualTo(Samples.VERSION);
    }

    @Test
    void thePresetsOfAVersionAreListed() {
        server.answer("GET", "/api/v2/templates", List.of(Samples.template("go")));
        var small =
                new Preset(Samples.FILE, "small", List.of(new PresetParameter("cpu", "2")), true, 3, "For a start", "");
        server.answer("GET", VERSION + "/presets", List.of(small));
        assertThat(cli.run("templates", "presets", "list", "go").out().lines())
                .containsExactly(
                        "NAME   DESCRIPTION  PARAMETERS  DEFAULT  DESIRED PREBUILD INSTANCES",
                        "small  For a start  cpu=2       true     3");
        var named = cli.run("templates", "presets", "list", "go", "--template-version", "brave-otter", "-c", "name");
        assertThat(named.out().lines()).containsExactly("NAME", "small");
        server.answer("GET", VERSION + "/presets", List.of());
        assertThat(cli.run("templates", "presets", "list", "go").err()).contains("has no presets");
    }

    @Test
    void aFurtherVersionIsPromoted() {
        server.answer("GET", "/api/v2/templates", List.of(Samples.template("go")));
        assertThat(cli.run("templates", "push", "go", "-d", "go", "-m", "more memory")
                        .out())
                .contains("brave-otter of go is active");
        assertThat(server.calls("POST", VERSIONS)
                        .getFirst()
                        .as(CreateTemplateVersionRequest.class)
                        .templateId())
                .isEqualTo(Samples.TEMPLATE);
        var promoted = server.calls("PATCH", TEMPLATE + "/versions").getFirst().as(UpdateActiveTemplateVersion.class);
        assertThat(promoted.id()).isEqualTo(Samples.VERSION);
        assertThat(server.calls("POST", TEMPLATES)).isEmpty();
    }

    @Test
    void aVersionCanBeImportedWithoutBeingUsed() {
        server.answer("GET", "/api/v2/templates", List.of(Samples.template("go")));
        assertThat(cli.run("templates", "push", "-d", "go", "--no-activate").code())
                .isZero();
        assertThat(server.calls("PATCH", TEMPLATE + "/versions")).isEmpty();
        assertThat(cli.run("templates", "versions", "promote", "go", "brave-otter")
                        .code())
                .isZero();
        assertThat(server.calls("PATCH", TEMPLATE + "/versions")).hasSize(1);
    }

    @Test
    void whatIsWrongWithTheTemplateIsShownWithLineAndField() {
        importEnds(
                ProvisionerJobStatus.FAILED,
                "workspace.yaml, line 7, resources.memory: must be a size\nline 9, egress: unknown field");
        var result = cli.run("templates", "push", "-d", "go");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("workspace.yaml, line 7, resources.memory: must be a size\n")
                .contains("line 9, egress: unknown field\n");
        assertThat(server.calls("POST", TEMPLATES)).isEmpty();
    }

    @Test
    void aDirectoryWithoutATemplateIsNotUploaded() throws Exception {
        Files.createDirectories(directory.resolve("empty"));
        assertThat(cli.run("templates", "push", "-d", "empty").err()).contains("neither workspace.yaml nor a .tf file");
        assertThat(cli.run("templates", "push", "-d", "missing").code()).isEqualTo(2);
        assertThat(cli.run("templates", "push", "bad name", "-d", "go").code()).isEqualTo(2);
        assertThat(server.calls("POST", "/api/v2/files")).isEmpty();
        Files.writeString(directory.resolve("empty/main.tf"), "");
        assertThat(cli.run("templates", "push", "-d", "empty").code()).isZero();
        assertThat(server.calls("POST", VERSIONS)
                        .getFirst()
                        .as(CreateTemplateVersionRequest.class)
                        .provisioner())
                .isEqualTo("terraform");
    }

    @Test
    void initKeepsWhatIsThere() {
        assertThat(directory.resolve("go/workspace.yaml")).exists();
        assertThat(cli.run("templates", "init", "go").code()).isEqualTo(1);
    }

    @Test
    void aTemplateIsPulledIntoADirectory() throws Exception {
        server.answer("GET", "/api/v2/templates", List.of(Samples.template("go")));
        server.answer(
                "GET",
                "/api/v2/files/" + Samples.FILE,
                new Answer(200, Map.of(), TemplateArchive.of(directory.resolve("go"))));
        assertThat(cli.run("templates", "pull", "go", "copy").code()).isZero();
        assertThat(directory.resolve("copy/workspace.yaml"))
                .hasSameTextualContentAs(directory.resolve("go/workspace.yaml"));
        var again = cli.run("templates", "pull", "go", "copy");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("exists already");
    }

    @Test
    void templatesAreListedEditedAndDeleted() {
        server.answer("GET", "/api/v2/templates", List.of(Samples.template("go")));
        server.answer("PATCH", TEMPLATE, Samples.template("go"));
        server.answer("DELETE", TEMPLATE, ApiError.of("Template has been deleted!"));
        assertThat(cli.run("templates", "list").out()).contains("go    main");
        assertThat(cli.run("templates", "edit", "go", "--description", "").code())
                .isZero();
        var sent = server.calls("PATCH", TEMPLATE).getFirst().as(UpdateTemplateMeta.class);
        assertThat(sent.description()).isEmpty();
        assertThat(sent.displayName()).isNull();
        assertThat(cli.run("templates", "delete", "go").code()).isEqualTo(2);
        assertThat(cli.run("templates", "delete", "go", "--yes").code()).isZero();
        assertThat(server.calls("DELETE", TEMPLATE)).hasSize(1);
    }

    @Test
    void settingsAreEditedAndTheOthersStay() {
        server.answer("GET", "/api/v2/templates", List.of(Samples.template("go")));
        server.answer("PATCH", TEMPLATE, Samples.template("go"));
        assertThat(cli.run(
                                "templates",
                                "edit",
                                "go",
                                "--default-ttl",
                                "1h30m",
                                "--activity-bump",
                                "0",
                                "--autostop-requirement-weekdays",
                                "Monday,friday",
                                "--autostop-requirement-weeks",
                                "2",
                                "--autostart-requirement-weekdays",
                                "all",
                                "--allow-user-autostop",
                                "false",
                                "--private")
                        .code())
                .isZero();
        var sent = server.calls("PATCH", TEMPLATE).getFirst().as(UpdateTemplateMeta.class);
        assertThat(sent.defaultTtlMs()).isEqualTo(5_400_000);
        assertThat(sent.activityBumpMs()).isZero();
        assertThat(sent.autostopRequirement())
                .isEqualTo(new TemplateAutostopRequirement(List.of("monday", "friday"), 2));
        assertThat(sent.autostartRequirement().daysOfWeek()).hasSize(7);
        assertThat(sent.allowUserAutostop()).isFalse();
        assertThat(sent.disableEveryoneGroupAccess()).isTrue();
        assertThat(sent.failureTtlMs()).isNull();
        assertThat(sent.requireActiveVersion()).isNull();
        assertThat(cli.run("templates", "edit", "go", "--failure-ttl", "soon").code())
                .isEqualTo(2);
    }

    @Test
    void variablesArePushedAndVersionsArchived() throws Exception {
        assertThat(cli.run("templates", "push", "go", "-d", "go", "--variable", "mirror=m.example", "--variable", "n=")
                        .code())
                .isZero();
        var pushed = server.calls("POST", VERSIONS).getFirst().as(CreateTemplateVersionRequest.class);
        assertThat(pushed.userVariableValues())
                .containsExactly(new VariableValue("mirror", "m.example"), new VariableValue("n", ""));
        server.answer("GET", "/api/v2/templates", List.of(Samples.template("go")));
        server.answer(
                "POST",
                TEMPLATE + "/versions/archive",
                new ArchiveTemplateVersionsResponse("", Samples.TEMPLATE, List.of(Samples.VERSION)));
        server.answer("POST", VERSION + "/archive", ApiError.of("done"));
        server.answer("POST", VERSION + "/unarchive", ApiError.of("done"));
        assertThat(cli.run("templates", "archive", "go", "--all").out()).contains("1 version is archived.");
        assertThat(cli.run("templates", "versions", "archive", "go", "brave-otter")
                        .out())
                .contains("is archived.");
        assertThat(cli.run("templates", "versions", "unarchive", "go", "brave-otter")
                        .out())
                .contains("is back.");
    }
}
