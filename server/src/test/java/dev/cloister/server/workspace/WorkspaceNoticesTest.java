package dev.cloister.server.workspace;

import static dev.cloister.server.testing.TestWorkspaces.created;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.provisioner.BuildException;
import dev.cloister.server.notification.Occasion;
import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestWorkspaces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people are told of workspaces and templates, and what they are not. */
class WorkspaceNoticesTest {
    private TestWorkspaces world;
    private String olga;
    private String template;

    @BeforeEach
    void start() {
        world = TestWorkspaces.started();
        olga = world.api.person("olga");
        template = world.template("plain", TestWorkspaces.PLAIN);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private List<String> titles(String token) throws InterruptedException {
        while (world.api.notifications.delivery().round() > 0) {}
        return TestApi.json(world.api.get("/api/v2/notifications/inbox", token))
                .get("notifications")
                .valueStream()
                .map(one -> one.get("title").asString())
                .filter(title -> !title.startsWith("The account"))
                .toList();
    }

    private void want(String token, String occasion) {
        var id = Occasion.valueOf(occasion).id().toString();
        var set = world.api.send(
                "PUT",
                "/api/v2/users/me/notifications/preferences",
                token,
                Map.of("template_disabled_map", Map.of(id, false)));
        assertThat(set.statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsOffByDefaultIsToldToThoseWhoAsked() throws InterruptedException {
        world.running(olga, template, "quiet");
        assertThat(titles(world.api.owner())).isEmpty();
        want(world.api.owner(), "WORKSPACE_CREATED");
        world.running(olga, template, "loud");
        assertThat(titles(world.api.owner())).containsExactly("Workspace \"loud\" was created");
        assertThat(titles(olga)).isEmpty();
    }

    @Test
    void anOwnerIsToldOfADeletionByAnotherAndNotOfTheirOwn() throws InterruptedException {
        String mine = world.running(olga, template, "mine");
        String theirs = world.running(olga, template, "theirs");
        created(world.build(olga, mine, "delete"));
        created(world.build(world.api.owner(), theirs, "delete"));
        world.awaitStatus(olga, mine, "deleted");
        world.awaitStatus(olga, theirs, "deleted");
        assertThat(titles(olga)).containsExactly("Workspace \"theirs\" was deleted");
    }

    @Test
    void anOwnerIsToldThatAnotherMadeAWorkspaceDormant() throws InterruptedException {
        String id = world.running(olga, template, "box");
        var slept = world.api.send(
                "PUT", "/api/v2/workspaces/" + id + "/dormant", world.api.owner(), Map.of("dormant", true));
        assertThat(slept.statusCode()).isEqualTo(200);
        assertThat(titles(olga)).containsExactly("Workspace \"box\" is dormant");
    }

    @Test
    void aChangeOfTheTemplateThatHasADormantWorkspaceDeletedIsTold() throws InterruptedException {
        String id = world.running(olga, template, "box");
        world.api.send("PUT", "/api/v2/workspaces/" + id + "/dormant", olga, Map.of("dormant", true));
        var changed = world.api.send(
                "PATCH",
                "/api/v2/templates/" + template,
                world.api.owner(),
                Map.of("time_til_dormant_autodelete_ms", 86_400_000));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(titles(olga)).containsExactly("Workspace \"box\" is going to be deleted");
    }

    @Test
    void templateAdministratorsAreToldOfAFailedBuild() throws InterruptedException {
        world.engine.behave((order, log, cancellation) -> {
            throw new BuildException("There is no room.");
        });
        String id = world.create(olga, template, "broken").get("id").asString();
        world.awaitStatus(olga, id, "failed");
        assertThat(titles(world.api.owner())).containsExactly("A build of the workspace \"broken\" failed");
        var failed = Occasion.WORKSPACE_MANUAL_BUILD_FAILED.id();
        assertThat(TestApi.json(world.api.get("/api/v2/notifications/inbox?templates=" + failed, world.api.owner()))
                        .get("notifications")
                        .get(0)
                        .get("content")
                        .asString())
                .contains("There is no room.");
        assertThat(titles(olga)).isEmpty();
    }

    @Test
    void usersOfATemplateAreToldOfItsDeprecationAndAdministratorsOfItsDeletion() throws InterruptedException {
        String admin = world.api.person("tess");
        world.api.database.execute("UPDATE users SET rbac_roles = '{template-admin}' WHERE username = 'tess'");
        String nobody = world.api.person("nina");
        String id = world.running(olga, template, "box");
        world.api.send(
                "PATCH",
                "/api/v2/templates/" + template,
                world.api.owner(),
                Map.of("deprecation_message", "Use the other one"));
        assertThat(titles(olga)).containsExactly("Template \"plain\" is deprecated");
        assertThat(titles(nobody)).isEmpty();
        created(world.build(olga, id, "delete"));
        world.awaitStatus(olga, id, "deleted");
        assertThat(world.api
                        .send("DELETE", "/api/v2/templates/" + template, world.api.owner(), null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(titles(admin)).containsExactly("Template \"plain\" was deleted");
        assertThat(titles(world.api.owner())).isEmpty();
    }

    @Test
    void failedBuildsAreReportedOnceAWeek() throws InterruptedException {
        world.server().report().look();
        world.engine.behave((order, log, cancellation) -> {
            throw new BuildException("There is no room.");
        });
        String id = world.create(olga, template, "broken").get("id").asString();
        world.awaitStatus(olga, id, "failed");
        world.clock.advance(Duration.ofDays(6));
        world.server().report().look();
        assertThat(titles(world.api.owner())).hasSize(1);
        world.clock.advance(Duration.ofDays(1));
        world.server().report().look();
        world.server().report().look();
        assertThat(titles(world.api.owner()))
                .hasSize(2)
                .anyMatch(title -> title.startsWith("Workspace builds that failed since"));
        assertThat(titles(olga)).isEmpty();
    }
}
