package dev.cloister.server.workspace;

import dev.cloister.contract.api.UserParameter;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.identity.UserResolver;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.template.TemplateId;
import java.util.UUID;

/** What a form for a new workspace can be filled with: the values that the person gave last. */
public final class RememberedParameterRoutes {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final UserResolver users;
    private final RememberedParameterRepository parameters = new RememberedParameterRepository();

    public RememberedParameterRoutes(Transactions transactions, Authorizer authorizer, UserResolver users) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.users = users;
    }

    public void register(Routes routes) {
        routes.get(
                        "/api/v2/users/{user}/autofill-parameters",
                        Access.to(Action.READ_PERSONAL, ResourceType.USER),
                        this::last)
                .named("Users", "List the values that somebody gave the parameters of a template last")
                .query("template_id", UUID.class, "The template")
                .answersList(200, UserParameter.class);
    }

    private Response last(Request request) {
        var visibility =
                authorizer.visible(request.caller(), ResourceType.WORKSPACE, WorkspaceViewRepository.columns());
        return Response.ok(transactions.read(tx -> {
            var user = users.resolve(tx, request.caller(), request.path("user"));
            var person = authorizer.require(tx, request.caller(), Action.READ_PERSONAL, user);
            var template = authorizer.require(tx, request.caller(), Action.READ, template(request));
            return parameters.last(tx, person, template, visibility);
        }));
    }

    private static TemplateId template(Request request) {
        return request.query("template_id")
                .flatMap(Request::parseId)
                .map(TemplateId::new)
                .orElseThrow(() -> new Failure.Invalid(
                        "Query parameters have invalid values.",
                        "template_id",
                        "Query param \"template_id\" must be a UUID."));
    }
}
