package dev.cloister.server.workspace;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.CreateWorkspaceBuildRequest;
import dev.cloister.contract.api.ProvisionerJobLog;
import dev.cloister.contract.api.UpdateWorkspaceBuildStateRequest;
import dev.cloister.contract.api.WorkspaceBuild;
import dev.cloister.contract.api.WorkspaceBuildParameter;
import dev.cloister.contract.api.WorkspaceBuildTimings;
import dev.cloister.contract.api.WorkspaceResource;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.build.JobLogRoutes;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.UUID;

/** Builds of workspaces over HTTP. */
public final class WorkspaceBuildRoutes {
    private static final Access READ = Access.to(Action.READ, ResourceType.WORKSPACE);
    private static final String BUILDS = "/api/v2/workspaces/{workspace}/builds";
    private static final String BUILD = "/api/v2/workspacebuilds/{workspacebuild}";
    private static final int MAX_PAGE = 1000;

    private final WorkspaceViews views;
    private final WorkspaceBuildService service;
    private final BuildStates states;
    private final BuildTimings timings;
    private final Pushes pushes;

    WorkspaceBuildRoutes(
            WorkspaceViews views,
            WorkspaceBuildService service,
            BuildStates states,
            BuildTimings timings,
            Pushes pushes) {
        this.states = states;
        this.views = views;
        this.service = service;
        this.timings = timings;
        this.pushes = pushes;
    }

    public void register(Routes routes) {
        routes.get(BUILDS, READ, this::list)
                .named("Builds", "List the builds of a workspace")
                .query("after_id", UUID.class, "Only builds after this one")
                .query("since", Instant.class, "Only builds since then")
                .paged()
                .answersList(200, WorkspaceBuild.class);
        // Which right it takes depends on the transition in the body; whoever may read may ask and be told.
        routes.post(BUILDS, READ, this::create)
                .named("Builds", "Build a workspace: start, stop or delete it")
                .takes(CreateWorkspaceBuildRequest.class)
                .answers(201, WorkspaceBuild.class);
        routes.get("/api/v2/users/{user}/workspace/{workspacename}/builds/{buildnumber}", READ, this::byNumber)
                .named("Builds", "Get a build by its number")
                .answers(200, WorkspaceBuild.class);
        routes.get(BUILD, READ, request -> Response.ok(views.build(request.caller(), id(request))))
                .named("Builds", "Get a build")
                .answers(200, WorkspaceBuild.class);
        routes.patch(BUILD + "/cancel", Access.to(Action.UPDATE, ResourceType.WORKSPACE), this::cancel)
                .named("Builds", "Cancel a build")
                .query("expect_status", String.class, "Cancel only in this state: pending or running")
                .answers(200, ApiError.class);
        routes.get(BUILD + "/logs", READ, this::log)
                .named("Builds", "Read the log of a build")
                .query("after", Long.class, "Only lines after the one of this number")
                .query("before", Long.class, "Only lines before the one of this number")
                .query("format", String.class, "json, or text for people")
                .answersList(200, ProvisionerJobLog.class);
        routes.socket(
                        BUILD + "/logs",
                        READ,
                        request -> pushes.socket(
                                request,
                                () -> views.maySee(request.caller(), id(request)),
                                views.followLog(request.caller(), id(request), JobLogRoutes.after(request))))
                .named("Builds", "Follow the log of a build")
                .query("after", Long.class, "Only lines after the one of this number")
                .answers(101, ProvisionerJobLog.class);
        routes.get(BUILD + "/state", READ, this::state)
                .named("Builds", "Show the state of what a build made")
                .answers(200, new Operation.Bytes("application/json"));
        routes.put(BUILD + "/state", Access.to(Action.READ, ResourceType.WORKSPACE), this::replaceState)
                .named("Builds", "Replace the state of what a build made")
                .takes(UpdateWorkspaceBuildStateRequest.class)
                .answers(204);
        routes.get(BUILD + "/timings", READ, request -> Response.ok(timings.of(request.caller(), id(request))))
                .named("Builds", "Show where the time of a build went")
                .answers(200, WorkspaceBuildTimings.class);
        routes.get(
                        "/api/v2/workspaces/{workspace}/timings",
                        READ,
                        request -> Response.ok(
                                timings.ofLatest(request.caller(), new WorkspaceId(request.id("workspace")))))
                .named("Workspaces", "Show where the time of a workspace's latest build went")
                .answers(200, WorkspaceBuildTimings.class);
        routes.get(BUILD + "/resources", READ, request -> Response.ok(views.resources(request.caller(), id(request))))
                .named("Builds", "List the resources of a build")
                .answersList(200, WorkspaceResource.class);
        routes.get(BUILD + "/parameters", READ, request -> Response.ok(views.parameters(request.caller(), id(request))))
                .named("Builds", "List the parameters of a build")
                .answersList(200, WorkspaceBuildParameter.class);
    }

    private static WorkspaceBuildId id(Request request) {
        return new WorkspaceBuildId(request.id("workspacebuild"));
    }

    private Response list(Request request) {
        int limit = (int) request.number("limit", 0, 0, MAX_PAGE);
        var page = new WorkspaceViewRepository.Page(
                limit == 0 ? MAX_PAGE : limit, (int) request.number("offset", 0, 0, Integer.MAX_VALUE));
        return Response.ok(views.builds(
                request.caller(),
                new WorkspaceId(request.id("workspace")),
                request.query("after_id").flatMap(Request::parseId),
                since(request),
                page));
    }

    private static Instant since(Request request) {
        try {
            return request.query("since").map(Instant::parse).orElse(Instant.EPOCH);
        } catch (DateTimeParseException e) {
            throw new Failure.Invalid("Query parameters have invalid values.", "since", "Must be a time (RFC 3339).");
        }
    }

    private Response create(Request request) {
        var id = new WorkspaceId(request.id("workspace"));
        return Response.json(201, service.create(request.user(), id, request.body(CreateWorkspaceBuildRequest.class)));
    }

    private Response byNumber(Request request) {
        WorkspaceId id = views.idOf(request.caller(), request.path("user"), request.path("workspacename"), true);
        return Response.ok(views.buildByNumber(request.caller(), id, number(request.path("buildnumber"))));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Failure.Invalid("Validation failed.", "buildnumber", "Must be a whole number.");
        }
    }

    private Response state(Request request) {
        return Response.bytes(200, "application/json", states.state(request.caller(), id(request)));
    }

    private Response replaceState(Request request) {
        var body = request.body(UpdateWorkspaceBuildStateRequest.class);
        states.replace(request.caller(), id(request), Objects.requireNonNullElse(body.state(), new byte[0]));
        return Response.empty(204);
    }

    private Response cancel(Request request) {
        service.cancel(request.caller(), id(request), request.query("expect_status"));
        return Response.ok(ApiError.of("The build has been told to stop."));
    }

    private Response log(Request request) {
        JobLogRoutes.requireWhole(request);
        return JobLogRoutes.answer(
                request,
                views.log(request.caller(), id(request), JobLogRoutes.after(request), JobLogRoutes.before(request)));
    }
}
