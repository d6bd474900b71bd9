package dev.cloister.server.template;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.ArchiveTemplateVersionsRequest;
import dev.cloister.contract.api.ArchiveTemplateVersionsResponse;
import dev.cloister.contract.api.CreateTemplateRequest;
import dev.cloister.contract.api.Template;
import dev.cloister.contract.api.TemplateExample;
import dev.cloister.contract.api.TemplateVersion;
import dev.cloister.contract.api.UpdateActiveTemplateVersion;
import dev.cloister.contract.api.UpdateTemplateMeta;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.http.SearchQuery;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Templates over HTTP. */
public final class TemplateRoutes {
    private static final Access READ = Access.to(Action.READ, ResourceType.TEMPLATE);
    private static final Access UPDATE = Access.to(Action.UPDATE, ResourceType.TEMPLATE);
    private static final String GROUP = "Templates";
    private static final String QUERY = "a search, such as name:java deprecated:false organization:default";
    private static final String ONE = "/api/v2/templates/{template}";
    private static final String OF_ORGANIZATION = "/api/v2/organizations/{organization}/templates";
    private static final int MAX_PAGE = 1000;

    private final TemplateViews views;
    private final TemplateService service;

    public TemplateRoutes(TemplateViews views, TemplateService service) {
        this.views = views;
        this.service = service;
    }

    public void register(Routes routes) {
        lists(routes);
        single(routes);
        versions(routes);
        byName(routes);
    }

    private void lists(Routes routes) {
        routes.get("/api/v2/templates", READ, this::list)
                .named(GROUP, "List the templates of all organizations")
                .query("q", String.class, QUERY)
                .answersList(200, Template.class);
        routes.get("/api/v2/templates/examples", READ, request -> Response.ok(views.examples()))
                .named(GROUP, "List the templates that come with the product")
                .answersList(200, TemplateExample.class);
        routes.get(OF_ORGANIZATION, READ, this::listOfOrganization)
                .named(GROUP, "List the templates of an organization")
                .query("q", String.class, QUERY)
                .answersList(200, Template.class);
        routes.post(OF_ORGANIZATION, Access.to(Action.CREATE, ResourceType.TEMPLATE), this::create)
                .named(GROUP, "Make a template of an imported version")
                .takes(CreateTemplateRequest.class)
                .answers(201, Template.class);
        routes.get(OF_ORGANIZATION + "/examples", READ, this::examplesOfOrganization)
                .named(GROUP, "List the templates that come with the product, for an organization")
                .answersList(200, TemplateExample.class);
    }

    private void single(Routes routes) {
        routes.get(ONE, READ, request -> Response.ok(views.get(request.caller(), id(request))))
                .named(GROUP, "Get a template with its settings")
                .answers(200, Template.class);
        routes.patch(ONE, UPDATE, this::update)
                .named(GROUP, "Change the settings of a template")
                .takes(UpdateTemplateMeta.class)
                .answers(200, Template.class);
        routes.delete(ONE, Access.to(Action.DELETE, ResourceType.TEMPLATE), this::delete)
                .named(GROUP, "Delete a template that has no workspaces")
                .answers(200, ApiError.class);
    }

    private void versions(Routes routes) {
        routes.get(ONE + "/versions", READ, this::versions)
                .named(GROUP, "List the versions of a template, newest first")
                .query("after_id", UUID.class, "the version after which to begin")
                .query("include_archived", Boolean.class, "archived versions too")
                .query("limit", Integer.class, "how many at most; 0 for all")
                .query("offset", Integer.class, "how many to leave out first")
                .answersList(200, TemplateVersion.class);
        routes.patch(ONE + "/versions", UPDATE, this::promote)
                .named(GROUP, "Have new workspaces made of another version")
                .takes(UpdateActiveTemplateVersion.class)
                .answers(200, ApiError.class);
        routes.post(ONE + "/versions/archive", UPDATE, this::archive)
                .named(GROUP, "Archive versions that no workspace uses")
                .takes(ArchiveTemplateVersionsRequest.class)
                .answers(200, ArchiveTemplateVersionsResponse.class);
        routes.get(ONE + "/versions/{templateversionname}", READ, this::versionOfTemplate)
                .named(GROUP, "Get a version of a template by its name")
                .answers(200, TemplateVersion.class);
    }

    private void byName(Routes routes) {
        String one = OF_ORGANIZATION + "/{templatename}";
        String version = one + "/versions/{templateversionname}";
        routes.get(one, READ, this::byName)
                .named(GROUP, "Get a template by its name")
                .answers(200, Template.class);
        routes.get(version, READ, this::versionByName)
                .named(GROUP, "Get a version by the names of its template and itself")
                .answers(200, TemplateVersion.class);
        routes.get(version + "/previous", READ, this::versionBefore)
                .named(GROUP, "Get the version made before another")
                .answers(200, TemplateVersion.class)
                .answers(204);
    }

    private static TemplateId id(Request request) {
        return new TemplateId(request.id("template"));
    }

    private static String organization(Request request) {
        return request.path("organization");
    }

    private Response list(Request request) {
        var filter = TemplateFilter.of(query(request), request.user().subject().username());
        return Response.ok(views.list(request.caller(), filter));
    }

    private Response listOfOrganization(Request request) {
        return Response.ok(views.listOf(request.user(), organization(request), query(request)));
    }

    private static SearchQuery query(Request request) {
        return SearchQuery.parse(request.query("q").orElse(""), TemplateFilter.KEYS);
    }

    private Response examplesOfOrganization(Request request) {
        views.organization(request.caller(), organization(request));
        return Response.ok(views.examples());
    }

    private Response archive(Request request) {
        boolean all = request.body(ArchiveTemplateVersionsRequest.class).all();
        List<UUID> archived = service.archiveUnused(request.caller(), id(request), all);
        return Response.ok(new ArchiveTemplateVersionsResponse(
                archived.size() == 1 ? "1 version is archived." : archived.size() + " versions are archived.",
                request.id("template"),
                archived));
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
