package dev.cloister.server.audit;

import dev.cloister.contract.api.AuditLogResponse;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.http.SearchQuery;

/** The audit log over HTTP. */
public final class AuditRoutes {
    private static final int MAX_PAGE = 1000;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final AuditRepository repository;

    public AuditRoutes(Transactions transactions, Authorizer authorizer, AuditRepository repository) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.repository = repository;
    }

    public void register(Routes routes) {
        routes.get("/api/v2/audit", Access.to(Action.READ, ResourceType.AUDIT_LOG), this::list)
                .named("Audit", "List the audit log")
                .searched()
                .paged()
                .answers(200, AuditLogResponse.class);
    }

    private Response list(Request request) {
        var filter = AuditFilter.of(SearchQuery.parse(request.query("q").orElse(""), AuditFilter.KEYS), request.user());
        int limit = (int) request.number("limit", 25, 0, MAX_PAGE);
        int offset = (int) request.number("offset", 0, 0, Integer.MAX_VALUE);
        var visibility = authorizer.visible(request.caller(), ResourceType.AUDIT_LOG, AuditRepository.columns());
        return transactions.read(tx -> Response.ok(new AuditLogResponse(
                repository.list(tx, visibility, filter, limit == 0 ? MAX_PAGE : limit, offset),
                repository.count(tx, visibility, filter),
                AuditRepository.countCap())));
    }
}
