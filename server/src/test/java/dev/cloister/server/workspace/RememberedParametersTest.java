package dev.cloister.server.workspace;

import static dev.cloister.server.testing.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.connection.Arranged;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RememberedParametersTest {
    private static Arranged arranged;
    private static String template;

    @BeforeAll
    static void start() {
        arranged = new Arranged(
                api -> new RememberedParameterRoutes(api.transactions, api.authorizer, api.identity.users())
                        .register(api.routes));
        template = arranged.look("SELECT id FROM templates LIMIT 1");
        arranged.sql(
                "UPDATE templates SET group_acl = jsonb_build_object(organization_id::text, '[\"read\",\"use\"]'::jsonb)");
    }

    @AfterAll
    static void stop() {
        arranged.close();
    }

    private static String path(String user) {
        return "/api/v2/users/" + user + "/autofill-parameters?template_id=" + template;
    }

    private static void gave(Arranged.Dev dev, String name, String value) {
        arranged.sql(
                "INSERT INTO workspace_build_parameters (workspace_build_id, name, value) VALUES ('%s', '%s', '%s')",
                dev.build(), name, value);
    }

    @Test
    void aFormIsFilledWithWhatOneGaveLastAndNotWithWhatIsAskedEachTime() {
        String alice = arranged.api.person("alice");
        var first = arranged.workspace("alice", "first");
        gave(first, "region", "north");
        gave(first, "size", "small");
        var second = arranged.start(first.workspace(), "first", 2);
        gave(second, "region", "south");
        gave(second, "once", "now");
        arranged.sql("INSERT INTO template_version_parameters (template_version_id, name, position, definition)"
                + " SELECT template_version_id, 'once', 0, '{\"ephemeral\": true}' FROM workspace_builds LIMIT 1");

        JsonNode filled = json(arranged.api.get(path("me"), alice));

        assertThat(filled.toString())
                .isEqualTo("[{\"name\":\"region\",\"value\":\"south\"},{\"name\":\"size\",\"value\":\"small\"}]");
    }

    @Test
    void othersSeeNoValuesAndATemplateIsNeeded() {
        String bob = arranged.api.person("bob");
        gave(arranged.workspace("bob", "bobs"), "region", "east");
        String carol = arranged.api.person("carol");
        String admin = arranged.api.person("dora");
        arranged.api.send(
                "PUT",
                "/api/v2/users/dora/roles",
                arranged.api.owner(),
                java.util.Map.of("roles", List.of("user-admin")));
        String outsider = arranged.api.outsider("erik");

        assertThat(arranged.api.get(path("bob"), carol).statusCode()).isEqualTo(404);
        assertThat(arranged.api.get(path("me"), outsider).statusCode()).isEqualTo(404);
        assertThat(json(arranged.api.get(path("bob"), admin))).isEmpty();
        assertThat(arranged.api.get("/api/v2/users/me/autofill-parameters", bob).statusCode())
                .isEqualTo(400);
        assertThat(arranged.api
                        .get("/api/v2/users/me/autofill-parameters?template_id=x", bob)
                        .statusCode())
                .isEqualTo(400);
    }
}
