package dev.cloister.server.identity;

import dev.cloister.contract.api.EffectivePermissions;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.DeploymentRules;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.Optional;

/** The rights of a person explained, over HTTP. */
public final class EffectivePermissionRoutes {
    private final Transactions transactions;
    private final EffectivePermissionService service;
    private final UserResolver people;

    public EffectivePermissionRoutes(
            Transactions transactions, Authorizer authorizer, UserResolver people, DeploymentRules rules) {
        this.transactions = transactions;
        this.service = new EffectivePermissionService(transactions, authorizer, rules);
        this.people = people;
    }

    public void register(Routes routes) {
        routes.get(
                        "/api/v2/users/{user}/effective-permissions",
                        Access.to(Action.READ, ResourceType.USER),
                        request -> Response.ok(service.explain(request.user(), person(request), type(request))))
                .named("Users", "Explain the rights of a person: each with the role, group or grant it comes from")
                .query("resource_type", String.class, "Only rights on things of this type")
                .answers(200, EffectivePermissions.class);
    }

    private UserId person(Request request) {
        return transactions.read(tx -> people.resolve(tx, request.caller(), request.path("user")));
    }

    private static Optional<ResourceType> type(Request request) {
        return request.query("resource_type")
                .map(name -> ResourceType.parse(name)
                        .orElseThrow(() -> new Failure.Invalid(
                                "Query parameters have invalid values.",
                                "resource_type",
                                "Must be the name of a resource type.")));
    }
}
