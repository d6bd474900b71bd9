package dev.cloister.server.access;

import static dev.cloister.server.testing.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an operator takes from built-in roles. */
class DeploymentRulesTest {
    private static TestApi api;
    private static String member;

    @BeforeAll
    static void start() {
        api = new TestApi(new DeploymentRules(false, false)).setUp();
        member = api.person("member");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static boolean may(String token, String action, String owner) {
        var object = Map.of("resource_type", "workspace", "organization_id", api.organization(), "owner_id", owner);
        var checks = Map.of("checks", Map.of("it", Map.of("action", action, "object", object)));
        return json(api.send("POST", "/api/v2/authcheck", token, checks))
                .get("it")
                .asBoolean();
    }

    private static String id(String token) {
        return json(api.get("/api/v2/users/me", token)).get("id").asString();
    }

    @Test
    void anOwnerDoesNotEnterOtherPeoplesWorkspaces() {
        assertThat(may(api.owner(), "ssh", id(member))).isFalse();
        assertThat(may(api.owner(), "application_connect", id(member))).isFalse();
        assertThat(may(api.owner(), "stop", id(member))).isTrue();
        assertThat(may(api.owner(), "ssh", "me")).isTrue();
    }

    @Test
    void nobodySharesAWorkspace() {
        assertThat(may(member, "share", "me")).isFalse();
        assertThat(may(api.owner(), "share", id(member))).isFalse();
        var settings =
                json(api.get("/api/v2/organizations/" + api.organization() + "/settings/workspace-sharing", member));
        assertThat(settings.get("sharing_globally_disabled").asBoolean()).isTrue();
    }
}
