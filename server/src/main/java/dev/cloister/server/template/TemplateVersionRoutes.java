package dev.cloister.server.template;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.CreateTemplateVersionRequest;
import dev.cloister.contract.api.PatchTemplateVersionRequest;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.build.JobLogRoutes;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;

/** Versions of templates over HTTP. */
public final class TemplateVersionRoutes {
    private static final Access READ = Access.to(Action.READ, ResourceType.TEMPLATE);
    private static final Access UPDATE = Access.to(Action.UPDATE, ResourceType.TEMPLATE);
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
        routes.post(
                "/api/v2/organizations/{organization}/templateversions",
                Access.to(Action.CREATE, ResourceType.TEMPLATE),
                this::create);
        routes.get(VERSION, READ, request -> Response.ok(views.get(request.caller(), id(request))));
        routes.patch(VERSION, UPDATE, this::rename);
        routes.patch(VERSION + "/cancel", UPDATE, this::cancel);
        routes.post(VERSION + "/archive", UPDATE, request -> archive(request, true));
        routes.post(VERSION + "/unarchive", UPDATE, request -> archive(request, false));
        routes.get(VERSION + "/logs", READ, this::log);
        routes.socket(
                VERSION + "/logs",
                READ,
                request -> pushes.socket(
                        request, views.follow(request.caller(), id(request), JobLogRoutes.after(request))));
        routes.get(
                VERSION + "/rich-parameters",
                READ,
                request -> Response.ok(views.parameters(request.caller(), id(request))));
        routes.get(
                VERSION + "/resources", READ, request -> Response.ok(views.resources(request.caller(), id(request))));
        routes.get(VERSION + "/variables", READ, this::nothing);
        routes.get(VERSION + "/presets", READ, this::nothing);
        routes.get(VERSION + "/external-auth", READ, this::nothing);
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
