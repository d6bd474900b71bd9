package dev.cloister.server.template;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.CreateTemplateVersionRequest;
import dev.cloister.contract.api.PatchTemplateVersionRequest;
import dev.cloister.contract.api.Preset;
import dev.cloister.contract.api.ProvisionerJobLog;
import dev.cloister.contract.api.TemplateVersion;
import dev.cloister.contract.api.TemplateVersionExternalAuth;
import dev.cloister.contract.api.TemplateVersionParameter;
import dev.cloister.contract.api.TemplateVersionVariable;
import dev.cloister.contract.api.WorkspaceResource;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.build.JobLogRoutes;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.List;

/** Versions of templates over HTTP. */
public final class TemplateVersionRoutes {
    private static final Access READ = Access.to(Action.READ, ResourceType.TEMPLATE);
    private static final Access UPDATE = Access.to(Action.UPDATE, ResourceType.TEMPLATE);
    private static final String GROUP = "Templates";
    private static final String VERSION = "/api/v2/templateversions/{templateversion}";

    private final TemplateViews templates;
    private final TemplateVersionViews views;
    private final TemplateVersionService service;
    private final Pushes pushes;

    public TemplateVersionRoutes(
            TemplateViews templates, TemplateVersionViews views, TemplateVersionService service, Pushes pushes) {
        this.templates = templates;
        this.views = views;
        this.service = service;
        this.pushes = pushes;
    }

    public void register(Routes routes) {
        changes(routes);
        logs(routes);
        contents(routes);
        removed(routes);
    }

    private void changes(Routes routes) {
        routes.post(
                        "/api/v2/organizations/{organization}/templateversions",
                        Access.to(Action.CREATE, ResourceType.TEMPLATE),
                        this::create)
                .named(GROUP, "Import a version from an archive or an example")
                .takes(CreateTemplateVersionRequest.class)
                .answers(201, TemplateVersion.class);
        routes.get(VERSION, READ, request -> Response.ok(views.get(request.caller(), id(request))))
                .named(GROUP, "Get a version")
                .answers(200, TemplateVersion.class);
        routes.patch(VERSION, UPDATE, this::rename)
                .named(GROUP, "Change the name or the message of a version")
                .takes(PatchTemplateVersionRequest.class)
                .answers(200, TemplateVersion.class);
        routes.patch(VERSION + "/cancel", UPDATE, this::cancel)
                .named(GROUP, "Stop the import of a version")
                .answers(200, ApiError.class);
        routes.post(VERSION + "/archive", UPDATE, request -> archive(request, true))
                .named(GROUP, "Archive a version")
                .answers(200, ApiError.class);
        routes.post(VERSION + "/unarchive", UPDATE, request -> archive(request, false))
                .named(GROUP, "Take back an archived version")
                .answers(200, ApiError.class);
    }

    private void logs(Routes routes) {
        JobLogRoutes.described(routes.get(VERSION + "/logs", READ, this::log)
                .named(GROUP, "Read the log of an import")
                .answersList(200, ProvisionerJobLog.class));
        JobLogRoutes.described(routes.socket(
                        VERSION + "/logs",
                        READ,
                        request -> pushes.socket(
                                request, views.follow(request.caller(), id(request), JobLogRoutes.after(request))))
                .named(GROUP, "Follow the log of an import")
                .answers(101));
    }

    private void contents(Routes routes) {
        routes.get(
                        VERSION + "/rich-parameters",
                        READ,
                        request -> Response.ok(views.parameters(request.caller(), id(request))))
                .named(GROUP, "List the parameters of a version")
                .answersList(200, TemplateVersionParameter.class);
        routes.get(VERSION + "/resources", READ, request -> Response.ok(views.resources(request.caller(), id(request))))
                .named(GROUP, "List what a version makes")
                .answersList(200, WorkspaceResource.class);
        routes.get(VERSION + "/variables", READ, request -> Response.ok(views.variables(request.caller(), id(request))))
                .named(GROUP, "List the variables of a version")
                .answersList(200, TemplateVersionVariable.class);
        routes.get(VERSION + "/presets", READ, request -> Response.ok(views.presets(request.caller(), id(request))))
                .named(GROUP, "List the presets of a version")
                .answersList(200, Preset.class);
        routes.get(VERSION + "/external-auth", READ, this::nothing)
                .named(GROUP, "List the external accounts that a version asks for")
                .answersList(200, TemplateVersionExternalAuth.class);
    }

    /** Older clients ask for these and take an empty list for an answer. */
    private void removed(Routes routes) {
        for (String old : List.of("/parameters", "/schema")) {
            routes.get(VERSION + old, READ, this::nothing)
                    .named(GROUP, "Answer clients older than rich parameters")
                    .answersList(200, TemplateVersionParameter.class);
        }
    }

    private static TemplateVersionId id(Request request) {
        return new TemplateVersionId(request.id("templateversion"));
    }

    private Response create(Request request) {
        var organization = templates.organization(request.caller(), request.path("organization"));
        return Response.json(
                201, service.create(request.user(), organization, request.body(CreateTemplateVersionRequest.class)));
    }

    private Response rename(Request request) {
        return Response.ok(
                service.rename(request.caller(), id(request), request.body(PatchTemplateVersionRequest.class)));
    }

    private Response cancel(Request request) {
        service.cancel(request.caller(), id(request));
        return Response.ok(ApiError.of("The import has been told to stop."));
    }

    private Response archive(Request request, boolean archived) {
        service.archive(request.caller(), id(request), archived);
        return Response.ok(ApiError.of(archived ? "The version is archived." : "The version is back."));
    }

    private Response log(Request request) {
        JobLogRoutes.requireWhole(request);
        return JobLogRoutes.answer(
                request,
                views.log(request.caller(), id(request), JobLogRoutes.after(request), JobLogRoutes.before(request)));
    }

    private Response nothing(Request request) {
        return Response.ok(views.nothing(request.caller(), id(request)));
    }
}
