package dev.cloister.server.organization;

import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.DeploymentRules;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.role.RoleRoutes;
import dev.cloister.server.role.RoleService;
import java.time.Clock;

/** The parts of this feature put together: organizations, their members, groups and roles. */
public final class Organizations {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final RoleService roles;
    private final DeploymentRules rules;
    private final OrganizationService service;
    private final MembershipService memberships;
    private final OrganizationResolver resolver;
    private final Clock clock;

    public Organizations(
            Transactions transactions, Authorizer authorizer, RoleService roles, DeploymentRules rules, Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.roles = roles;
        this.rules = rules;
        this.clock = clock;
        var rows = new OrganizationRepository();
        this.memberships = new MembershipService(transactions, authorizer, rows, roles.giving(), clock);
        this.service = new OrganizationService(transactions, authorizer, rows, memberships, roles.giving(), clock);
        this.resolver = new OrganizationResolver(transactions, rows);
    }

    public OrganizationService service() {
        return service;
    }

    public MembershipService memberships() {
        return memberships;
    }

    public OrganizationResolver resolver() {
        return resolver;
    }

    /** @param people finds the persons that paths name */
    public void register(Routes routes, People people) {
        new OrganizationRoutes(service, resolver, rules).register(routes);
        new MemberRoutes(transactions, memberships, resolver, people).register(routes);
        new GroupRoutes(transactions, new GroupService(transactions, authorizer, clock), resolver, people)
                .register(routes);
        new RoleRoutes(roles, resolver::of).register(routes);
    }
}
