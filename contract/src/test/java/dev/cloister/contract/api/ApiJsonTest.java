package dev.cloister.contract.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

final class ApiJsonTest {
    private static final JsonMapper JSON = ApiJson.mapper();
    private static final UUID ID = UUID.fromString("11111111-2222-3333-4444-555555555555");

    @Test
    void namesAreSnakeCaseAndTimesAreTexts() {
        var member = new OrganizationMember(
                ID,
                ID,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                ZeroValues.TIME,
                List.of(new SlimRole("owner", "Owner", "")));
        assertThat(JSON.writeValueAsString(member))
                .isEqualTo(
                        "{\"user_id\":\"%s\",\"organization_id\":\"%s\",\"created_at\":\"2026-01-02T03:04:05.678Z\","
                                        .formatted(ID, ID)
                                + "\"updated_at\":\"0001-01-01T00:00:00Z\",\"roles\":[{\"name\":\"owner\",\"display_name\":\"Owner\"}]}");
    }

    @Test
    void namesOutsideTheConventionAreKept() {
        assertThat(JSON.writeValueAsString(new OIDCAuthMethod(true, "a", "b")))
                .isEqualTo("{\"enabled\":true,\"signInText\":\"a\",\"iconUrl\":\"b\"}");
        assertThat(JSON.writeValueAsString(Map.of(WorkspaceTransition.START, new TransitionStats(5L, null))))
                .isEqualTo("{\"start\":{\"P50\":5,\"P95\":null}}");
        assertThat(JSON.writeValueAsString(new UploadResponse(ID))).isEqualTo("{\"hash\":\"" + ID + "\"}");
        assertThat(JSON.writeValueAsString(new AuditDiffField(null, JSON.readTree("\"x\""), false)))
                .isEqualTo("{\"new\":\"x\",\"secret\":false}");
    }

    @Test
    void flagsAndShortNamesKeepTheirNames() {
        assertThat(JSON.writeValueAsString(new AuthMethod(true))).isEqualTo("{\"enabled\":true}");
        var health = JSON.writeValueAsString(new WorkspaceHealth(false, List.of(ID)));
        assertThat(health).isEqualTo("{\"healthy\":false,\"failing_agents\":[\"" + ID + "\"]}");
        assertThat(JSON.writeValueAsString(new UpdateWorkspaceTTLRequest(null))).isEqualTo("{\"ttl_ms\":null}");
    }

    @Test
    void enumsHaveTheirWireNames() {
        assertThat(JSON.writeValueAsString(WorkspaceAppOpenIn.SLIM_WINDOW)).isEqualTo("\"slim-window\"");
        assertThat(JSON.writeValueAsString(LoginType.UNSET)).isEqualTo("\"\"");
        assertThat(JSON.readValue("\"non-blocking\"", WorkspaceAgentStartupScriptBehavior.class))
                .isEqualTo(WorkspaceAgentStartupScriptBehavior.NON_BLOCKING);
    }

    @Test
    void absentTextsAndListsAreEmpty() {
        var request = JSON.readValue("{\"provisioner\":null}", CreateTemplateVersionRequest.class);
        assertThat(request.provisioner()).isEmpty();
        assertThat(request.tags()).isEmpty();
        assertThat(request.userVariableValues()).isEmpty();
        assertThat(request.templateId()).isNull();
        assertThat(request.storageMethod()).isNull();
        assertThat(JSON.readValue("{\"roles\":null}", UpdateRoles.class).roles())
                .isEmpty();
    }

    @Test
    void anAbsentValueOfAnotherTypeIsRefusedByName() {
        assertThatThrownBy(() -> JSON.readValue("{\"name\":\"x\"}", CreateTemplateRequest.class))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("template_version_id");
        assertThatThrownBy(() -> JSON.readValue("{\"transition\":null}", CreateWorkspaceBuildRequest.class))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("transition");
    }

    @Test
    void anUnknownEnumValueIsRefused() {
        assertThatThrownBy(() -> JSON.readValue("{\"transition\":\"explode\"}", CreateWorkspaceBuildRequest.class))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void theZeroIdentifierMeansNone() {
        var request = JSON.readValue(
                "{\"name\":\"dev\",\"template_id\":\"%s\",\"template_version_id\":\"%s\",\"unknown\":1}"
                        .formatted(ID, ZeroValues.ID),
                CreateWorkspaceRequest.class);
        assertThat(request.templateId()).isEqualTo(ID);
        assertThat(request.templateVersionId()).isNull();
        assertThat(request.richParameterValues()).isEmpty();
    }

    @Test
    void secretsTravelInJsonAndNowhereElse() {
        var login = JSON.readValue("{\"email\":\"a@b.c\",\"password\":\"hunter2\"}", LoginWithPasswordRequest.class);
        assertThat(login.password().reveal()).isEqualTo("hunter2");
        assertThat(login.toString()).doesNotContain("hunter2").contains("[secret]");
        assertThat(JSON.writeValueAsString(login)).contains("\"password\":\"hunter2\"");
    }

    @Test
    void anErrorHasTheShapeThatClientsKnow() {
        assertThat(JSON.writeValueAsString(ApiError.of("Route not found.")))
                .isEqualTo("{\"message\":\"Route not found.\"}");
        var error = JSON.readValue(
                "{\"message\":\"m\",\"validations\":[{\"field\":\"f\",\"detail\":\"d\"}]}", ApiError.class);
        assertThat(error.detail()).isEmpty();
        assertThat(error.validations()).containsExactly(new ValidationError("f", "d"));
    }

    @Test
    void depthIsBounded() {
        assertThatThrownBy(() -> JSON.readTree("[".repeat(100) + "]".repeat(100)))
                .isInstanceOf(JacksonException.class);
    }
}
