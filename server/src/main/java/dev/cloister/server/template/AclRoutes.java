package dev.cloister.server.template;

import dev.cloister.contract.api.ACLAvailable;
import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.TemplateACL;
import dev.cloister.contract.api.UpdateTemplateACL;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;

/** What people and groups may do with a template, over HTTP. */
final class AclRoutes {
    private static final Access UPDATE = Access.to(Action.UPDATE, ResourceType.TEMPLATE);
    private static final String GROUP = "Templates";
    private static final String PATH = "/api/v2/templates/{template}/acl";
    private static final int MAX_TEXT = 200;
    private static final int MAX_PAGE = 1000;

    private final AclService service;

    AclRoutes(AclService service) {
        this.service = service;
    }

    void register(Routes routes) {
        routes.get(PATH, UPDATE, request -> Response.ok(service.get(request.caller(), id(request))))
                .named(GROUP, "Say to whom a template is given")
                .answers(200, TemplateACL.class);
        routes.patch(PATH, UPDATE, this::update)
                .named(GROUP, "Give a template to people and groups, or take it back")
                .takes(UpdateTemplateACL.class)
                .answers(200, ApiError.class);
        routes.get(PATH + "/available", UPDATE, this::available)
                .named(GROUP, "List people and groups to whom a template can be given")
                .query("q", String.class, "a part of a name or an address")
                .query("limit", Integer.class, "how many people at most; 0 for as many as are given at once")
                .query("offset", Integer.class, "how many people to leave out first")
                .answers(200, ACLAvailable.class);
    }

    private static TemplateId id(Request request) {
        return new TemplateId(request.id("template"));
    }

    private Response update(Request request) {
        service.update(request.caller(), id(request), request.body(UpdateTemplateACL.class));
        return Response.ok(ApiError.of("What people and groups may do with the template is changed."));
    }

    private Response available(Request request) {
        String text = request.query("q").orElse("");
        if (text.length() > MAX_TEXT || text.indexOf('\0') >= 0) {
            throw new Failure.Invalid(
                    "Query parameters have invalid values.", "q", "Must have at most " + MAX_TEXT + " characters.");
        }
        int limit = (int) request.number("limit", 0, 0, MAX_PAGE);
        var search = new AclRepository.Search(
                text, limit == 0 ? MAX_PAGE : limit, (int) request.number("offset", 0, 0, Integer.MAX_VALUE));
        return Response.ok(service.available(request.caller(), id(request), search));
    }
}
