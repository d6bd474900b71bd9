package dev.cloister.server.workspace;

import static dev.cloister.server.testing.TestWorkspaces.created;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.provisioner.BuildException;
import dev.cloister.server.notification.Occasion;
import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestWorkspaces;
import java.time.Duration;
import java.time.Instant;
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

    private String promoted() {
        var next = world.imported(world.version(TestWorkspaces.PLAIN + "# next\n", template));
        var changed = world.api.send(
                "PATCH",
                "/api/v2/templates/" + template + "/versions",
                world.api.owner(),
                Map.of("id", next.get("id").asString()));
        assertThat(changed.statusCode()).isEqualTo(200);
        return next.get("id").asString();
    }

    @Test
    void templateAdministratorsWhoAskedAreToldThatSomebodyUpdatedAWorkspace() throws InterruptedException {
        want(world.api.owner(), "WORKSPACE_MANUALLY_UPDATED");
        String id = world.running(olga, template, "box");
        created(world.build(olga, id, Map.of("transition", "start", "template_version_id", promoted())));
        world.awaitStatus(olga, id, "running");
        assertThat(titles(world.api.owner())).containsExactly("Workspace \"box\" was updated");
        created(world.build(olga, id, "start"));
        world.awaitStatus(olga, id, "running");
        assertThat(titles(world.api.owner())).hasSize(1);
        assertThat(titles(olga)).isEmpty();
    }

    /** A workspace that is stopped and whose schedule comes round within a day. */
    private String scheduled() {
        var request = Map.of(
                "template_id", template,
                "name", "box",
                "autostart_schedule", "CRON_TZ=UTC 0 0 * * *",
                "automatic_updates", "always");
        String id = created(world.api.send("POST", "/api/v2/users/me/workspaces", olga, request))
                .get("id")
                .asString();
        world.awaitStatus(olga, id, "running");
        created(world.build(olga, id, "stop"));
        world.awaitStatus(olga, id, "stopped");
        return id;
    }

    private void scheduleComesRound(String id) {
        var next = world.workspace(olga, id).get("next_start_at").asString();
        world.clock.set(Instant.parse(next).plusSeconds(60));
        world.server().duties().look();
    }

    @Test
    void anOwnerIsToldThatAWorkspaceFollowsItsTemplate() throws InterruptedException {
        String id = scheduled();
        promoted();
        scheduleComesRound(id);
        world.awaitStatus(olga, id, "running");
        assertThat(titles(olga)).containsExactly("Workspace \"box\" is updated automatically");
        assertThat(titles(world.api.owner())).isEmpty();
    }

    @Test
    void anOwnerIsToldThatAnAutomaticStartFailed() throws InterruptedException {
        String id = scheduled();
        world.engine.behave((order, log, cancellation) -> {
            throw new BuildException("There is no room.");
        });
        scheduleComesRound(id);
        world.awaitStatus(olga, id, "failed");
        assertThat(titles(olga)).containsExactly("Workspace \"box\" could not be built automatically");
        assertThat(titles(world.api.owner())).isEmpty();
    }

    @Test
    void anOwnerIsToldOnceThatAWorkspaceStopsAsLongBeforeAsTheTemplateSays() throws InterruptedException {
        world.api.database.execute(
                "UPDATE templates SET time_til_autostop_notify = 1800000 WHERE id = '" + template + "'");
        var request = Map.of("template_id", template, "name", "box", "ttl_ms", 7_200_000);
        String id = created(world.api.send("POST", "/api/v2/users/me/workspaces", olga, request))
                .get("id")
                .asString();
        world.awaitStatus(olga, id, "running");
        world.clock.advance(Duration.ofMinutes(85));
        world.server().duties().look();
        assertThat(titles(olga)).isEmpty();
        world.clock.advance(Duration.ofMinutes(10));
        world.server().duties().look();
        world.server().duties().look();
        assertThat(titles(olga)).containsExactly("Workspace \"box\" stops soon");
        world.clock.advance(Duration.ofMinutes(30));
        world.server().duties().look();
        world.awaitStatus(olga, id, "stopped");
        assertThat(titles(olga)).hasSize(1);
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
