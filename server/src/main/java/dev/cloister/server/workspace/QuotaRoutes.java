package dev.cloister.server.workspace;

import dev.cloister.contract.api.WorkspaceQuota;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.identity.UserResolver;
import dev.cloister.server.organization.OrganizationResolver;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;

/** Quotas over HTTP. */
final class QuotaRoutes {
    private static final Access READ = Access.to(Action.READ, ResourceType.USER);
    private static final String DEFAULT = "default";

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final UserResolver users;
    private final OrganizationResolver organizations;
    private final QuotaService quotas;

    QuotaRoutes(
            Transactions transactions,
            Authorizer authorizer,
            UserResolver users,
            OrganizationResolver organizations,
            QuotaService quotas) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.users = users;
        this.organizations = organizations;
        this.quotas = quotas;
    }

    void register(Routes routes) {
        routes.get(
                        "/api/v2/organizations/{organization}/members/{user}/workspace-quota",
                        READ,
                        request -> quota(request, request.path("organization")))
                .named("Enterprise", "Show how much of a member's quota is taken")
                .answers(200, WorkspaceQuota.class);
        routes.get("/api/v2/workspace-quota/{user}", READ, request -> quota(request, DEFAULT))
                .named("Enterprise", "Show how much of a person's quota in the default organization is taken")
                .answers(200, WorkspaceQuota.class);
    }

    private Response quota(Request request, String organization) {
        return Response.ok(transactions.read(tx -> {
            var caller = request.caller();
            var id = authorizer
                    .require(tx, caller, Action.READ, organizations.resolve(tx, caller, organization))
                    .idFor(Action.READ);
            return quotas.of(tx, caller, id.value(), users.resolve(tx, caller, request.path("user")));
        }));
    }
}
