package dev.cloister.server.deployment;

import dev.cloister.contract.api.AddLicenseRequest;
import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.License;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.List;

/** Licences, of which there are none and for which there is no need. */
public final class LicenseRoutes {
    private static final String PATH = "/api/v2/licenses";

    private final Authorizer authorizer;

    public LicenseRoutes(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    public void register(Routes routes) {
        routes.get(PATH, Access.to(Action.READ, ResourceType.LICENSE), this::list)
                .named("Enterprise", "List licences; there are none")
                .answersList(200, License.class);
        routes.post(PATH, Access.to(Action.CREATE, ResourceType.LICENSE), this::add)
                .named("Enterprise", "Add a licence; refused, since none is needed")
                .takes(AddLicenseRequest.class)
                .answers(400, ApiError.class);
        routes.post(PATH + "/refresh-entitlements", Access.to(Action.CREATE, ResourceType.LICENSE), this::refresh)
                .named("Enterprise", "Look at the licences again")
                .answers(200, ApiError.class);
        routes.delete(PATH + "/{id}", Access.to(Action.DELETE, ResourceType.LICENSE), this::delete)
                .named("Enterprise", "Delete a licence; there are none")
                .answers(404, ApiError.class);
    }

    private Response list(Request request) {
        authorizer.requireOnType(request.caller(), Action.READ, ResourceType.LICENSE, null);
        return Response.ok(List.of());
    }

    private Response add(Request request) {
        authorizer.requireOnType(request.caller(), Action.CREATE, ResourceType.LICENSE, null);
        request.body(AddLicenseRequest.class);
        throw new Failure.Invalid(
                "Cloister has no licences: every feature is on without one.",
                "license",
                "There is nothing to license.");
    }

    private Response refresh(Request request) {
        authorizer.requireOnType(request.caller(), Action.CREATE, ResourceType.LICENSE, null);
        return Response.ok(ApiError.of("Every feature is on; there are no licences to look at."));
    }

    private Response delete(Request request) {
        authorizer.requireOnType(request.caller(), Action.DELETE, ResourceType.LICENSE, null);
        throw new Failure.NotFound();
    }
}
