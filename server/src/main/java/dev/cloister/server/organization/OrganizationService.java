package dev.cloister.server.organization;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import java.util.List;
import java.util.UUID;

/** Reads organizations. */
public final class OrganizationService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final OrganizationRepository organizations;

    public OrganizationService(Transactions transactions, Authorizer authorizer, OrganizationRepository organizations) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.organizations = organizations;
    }

    public Tenant get(Caller caller, OrganizationId id) {
        return transactions.read(tx -> organizations.get(tx, authorizer.require(tx, caller, Action.READ, id)));
    }

    List<Tenant> list(Caller caller) {
        var visibility = authorizer.visible(caller, ResourceType.ORGANIZATION, OrganizationRepository.columns());
        return transactions.read(tx -> organizations.list(tx, visibility));
    }

    /** The organizations that a person belongs to, as far as the caller sees them. */
    public List<Tenant> listOf(Caller caller, UUID user) {
        var visibility = authorizer.visible(caller, ResourceType.ORGANIZATION, OrganizationRepository.columns());
        return transactions.read(tx -> organizations.listOf(tx, visibility, user));
    }
}
