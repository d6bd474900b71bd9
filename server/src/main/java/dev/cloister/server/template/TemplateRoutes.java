package dev.cloister.server.template;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.CreateTemplateRequest;
import dev.cloister.contract.api.UpdateActiveTemplateVersion;
import dev.cloister.contract.api.UpdateTemplateMeta;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.http.SearchQuery;
import java.util.Optional;
import java.util.UUID;

/** Templates over HTTP. */
public final class TemplateRoutes {
    private static final Access READ = Access.to(Action.READ, ResourceType.TEMPLATE);
    private static final int MAX_PAGE = 1000;

    private final TemplateViews views;
    private final TemplateService service;

    public TemplateRoutes(TemplateViews views, TemplateService service) {
        this.views = views;
        this.service = service;
    }

    public void register(Routes routes) {
        String ofOrganization = "/api/v2/organizations/{organization}/templates";
        routes.get("/api/v2/templates", READ, this::list);
        routes.get("/api/v2/templates/examples", READ, request -> Response.ok(views.examples()));
        routes.get(
                "/api/v2/templates/{template}", READ, request -> Response.ok(views.get(request.caller(), id(request))));
        routes.patch("/api/v2/templates/{template}", Access.to(Action.UPDATE, ResourceType.TEMPLATE), this::update);
        routes.delete("/api/v2/templates/{template}", Access.to(Action.DELETE, ResourceType.TEMPLATE), this::delete);
        routes.get("/api/v2/templates/{template}/versions", READ, this::versions);
        routes.patch(
                "/api/v2/templates/{template}/versions",
                Access.to(Action.UPDATE, ResourceType.TEMPLATE),
                this::promote);
        routes.get("/api/v2/templates/{template}/versions/{templateversionname}", READ, this::versionOfTemplate);
        routes.get(ofOrganization, READ, request -> Response.ok(views.listOf(request.caller(), organization(request))));
        routes.post(ofOrganization, Access.to(Action.CREATE, ResourceType.TEMPLATE), this::create);
        routes.get(ofOrganization + "/examples", READ, request -> Response.ok(views.examples()));
        routes.get(ofOrganization + "/{templatename}", READ, this::byName);
        routes.get(ofOrganization + "/{templatename}/versions/{templateversionname}", READ, this::versionByName);
        routes.get(
                ofOrganization + "/{templatename}/versions/{templateversionname}/previous", READ, this::versionBefore);
    }

    private static TemplateId id(Request request) {
        return new TemplateId(request.id("template"));
    }

    private static String organization(Request request) {
        return request.path("organization");
    }

    private Response list(Request request) {
        var query = SearchQuery.parse(request.query("q").orElse(""), TemplateFilter.KEYS);
        var filter = TemplateFilter.of(query, request.user().subject().username());
        return Response.ok(views.list(request.caller(), filter));
    }

    private Response byName(Request request) {
        return Response.ok(views.byName(request.caller(), organization(request), request.path("templatename")));
    }

    private Response create(Request request) {
        var organization = views.organization(request.caller(), organization(request));
        return Response.json(
                201, service.create(request.user(), organization, request.body(CreateTemplateRequest.class)));
    }

    private Response update(Request request) {
        return Response.ok(service.update(request.caller(), id(request), request.body(UpdateTemplateMeta.class)));
    }

    private Response delete(Request request) {
        service.delete(request.caller(), id(request));
        return Response.ok(ApiError.of("The template was deleted."));
    }

    private Response versions(Request request) {
        int limit = (int) request.number("limit", 0, 0, MAX_PAGE);
        var page = new TemplateVersionRepository.VersionPage(
                after(request), request.flag("include_archived"), limit == 0 ? MAX_PAGE : limit, (int)
                        request.number("offset", 0, 0, Integer.MAX_VALUE));
        return Response.ok(views.versions(request.caller(), id(request), page));
    }

    private static Optional<UUID> after(Request request) {
        return request.query("after_id").flatMap(Request::parseId);
    }

    private Response promote(Request request) {
        var version = request.body(UpdateActiveTemplateVersion.class);
        service.promote(request.caller(), id(request), new TemplateVersionId(version.id()));
        return Response.ok(ApiError.of("New workspaces use this version from now on."));
    }

    private Response versionOfTemplate(Request request) {
        return Response.ok(views.versionByName(request.caller(), id(request), request.path("templateversionname")));
    }

    private Response versionByName(Request request) {
        return Response.ok(views.versionByName(
                request.caller(),
                organization(request),
                request.path("templatename"),
                request.path("templateversionname")));
    }

    private Response versionBefore(Request request) {
        return views.versionBefore(
                        request.caller(),
                        organization(request),
                        request.path("templatename"),
                        request.path("templateversionname"))
                .map(Response::ok)
                .orElseGet(() -> Response.empty(204));
    }
}
