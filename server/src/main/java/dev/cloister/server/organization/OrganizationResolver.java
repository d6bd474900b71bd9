package dev.cloister.server.organization;

import dev.cloister.server.access.Caller;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.sql.ReadTx;

/** The organization that a path names: an id, a name, or {@code default}. The id it returns is no permit. */
public final class OrganizationResolver {
    private final OrganizationRepository organizations;

    public OrganizationResolver(OrganizationRepository organizations) {
        this.organizations = organizations;
    }

    public OrganizationId resolve(ReadTx tx, Caller caller, String text) {
        return Request.parseId(text)
                .map(OrganizationId::new)
                .or(() -> organizations.idOf(tx, text))
                .orElseThrow(Failure.NotFound::new);
    }
}
