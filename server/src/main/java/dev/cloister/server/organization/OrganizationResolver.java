package dev.cloister.server.organization;

import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.sql.ReadTx;

/** The organization that a path names: an id, a name, or {@code default}. The id it returns is no permit. */
public final class OrganizationResolver {
    private final Transactions transactions;
    private final OrganizationRepository organizations;

    OrganizationResolver(Transactions transactions, OrganizationRepository organizations) {
        this.transactions = transactions;
        this.organizations = organizations;
    }

    public OrganizationId resolve(ReadTx tx, Caller caller, String text) {
        return Request.parseId(text)
                .map(OrganizationId::new)
                .or(() -> organizations.idOf(tx, text))
                .orElseThrow(Failure.NotFound::new);
    }

    /** The {@code {organization}} of a request's path. */
    public OrganizationId of(Request request) {
        return transactions.read(tx -> resolve(tx, request.caller(), request.path("organization")));
    }
}
