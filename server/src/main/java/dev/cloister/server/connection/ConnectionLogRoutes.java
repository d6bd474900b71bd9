package dev.cloister.server.connection;

import dev.cloister.contract.api.ConnectionLogResponse;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.http.SearchQuery;

/** The connection log over HTTP. */
public final class ConnectionLogRoutes {
    private static final int MAX_PAGE = 1000;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final ConnectionLogRepository repository;

    public ConnectionLogRoutes(Transactions transactions, Authorizer authorizer, ConnectionLogRepository repository) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.repository = repository;
    }

    public void register(Routes routes) {
        routes.get("/api/v2/connectionlog", Access.to(Action.READ, ResourceType.CONNECTION_LOG), this::list)
                .named("Audit", "List the connection log")
                .searched()
                .paged()
                .answers(200, ConnectionLogResponse.class);
        var export = new ConnectionLogExport(transactions, authorizer, repository);
        routes.get("/api/v2/connectionlog/export", Access.to(Action.READ, ResourceType.CONNECTION_LOG), export::export)
                .named("Audit", "Export the connection log as JSON, NDJSON or CSV")
                .searched()
                .query("format", String.class, "json, ndjson (where it is absent) or csv")
                .answers(200, new Operation.Bytes("application/x-ndjson"));
    }

    private Response list(Request request) {
        var filter = ConnectionLogFilter.of(
                SearchQuery.parse(request.query("q").orElse(""), ConnectionLogFilter.KEYS), request.user());
        int limit = (int) request.number("limit", 25, 0, MAX_PAGE);
        int offset = (int) request.number("offset", 0, 0, Integer.MAX_VALUE);
        var visibility =
                authorizer.visible(request.caller(), ResourceType.CONNECTION_LOG, ConnectionLogRepository.columns());
        return transactions.read(tx -> Response.ok(new ConnectionLogResponse(
                repository.list(tx, visibility, filter, limit == 0 ? MAX_PAGE : limit, offset),
                repository.count(tx, visibility, filter),
                ConnectionLogRepository.COUNT_CAP)));
    }
}
