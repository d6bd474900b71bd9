package dev.cloister.server.audit;

import dev.cloister.contract.api.AuditLogResponse;
import dev.cloister.contract.api.CreateTestAuditLogRequest;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.http.SearchQuery;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The audit log over HTTP. */
public final class AuditRoutes {
    private static final int MOST_FACTS = 20;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_FACT = 1000;
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
        var export = new AuditExport(transactions, authorizer, repository);
        routes.get("/api/v2/audit/export", Access.to(Action.READ, ResourceType.AUDIT_LOG), export::export)
                .named("Audit", "Export the audit log as JSON, NDJSON or CSV")
                .searched()
                .query("format", String.class, "json, ndjson (where it is absent) or csv")
                .answers(200, new Operation.Bytes("application/x-ndjson"));
        routes.post("/api/v2/audit/testgenerate", Access.to(Action.CREATE, ResourceType.AUDIT_LOG), this::testEntry)
                .named("Audit", "Write an entry that says it is a test")
                .takes(CreateTestAuditLogRequest.class)
                .answers(204);
    }

    /**
     * The entry is the caller's, of now, and says that it is a test: what a request asks of another time or of another
     * request would be a forgery, and stands among the facts only.
     */
    private Response testEntry(Request request) {
        var wanted = request.body(CreateTestAuditLogRequest.class);
        authorizer.requireOnType(request.caller(), Action.CREATE, ResourceType.AUDIT_LOG, wanted.organizationId());
        var event = new AuditEvent(
                action(wanted),
                type(wanted),
                wanted.resourceId(),
                "test entry",
                wanted.organizationId(),
                Map.of(),
                200,
                facts(wanted),
                null);
        transactions.record(request.caller(), event);
        return Response.empty(204);
    }

    private static AuditAction action(CreateTestAuditLogRequest wanted) {
        return switch (Objects.requireNonNullElse(wanted.action(), dev.cloister.contract.api.AuditAction.CREATE)) {
            case CREATE -> AuditAction.CREATE;
            case WRITE -> AuditAction.WRITE;
            case DELETE -> AuditAction.DELETE;
            case START -> AuditAction.START;
            case STOP -> AuditAction.STOP;
            case LOGIN, LOGOUT, REGISTER, REQUEST_PASSWORD_RESET, CONNECT, DISCONNECT, OPEN, CLOSE, READ ->
                throw new Failure.Invalid(
                        "Validation failed.", "action", "Must be create, write, delete, start or stop.");
        };
    }

    private static AuditedType type(CreateTestAuditLogRequest wanted) {
        return switch (wanted.resourceType()) {
            case "", "user" -> AuditedType.USER;
            case "template" -> AuditedType.TEMPLATE;
            case "template_version" -> AuditedType.TEMPLATE_VERSION;
            case "workspace" -> AuditedType.WORKSPACE;
            case "workspace_build" -> AuditedType.WORKSPACE_BUILD;
            case "git_ssh_key" -> AuditedType.GIT_SSH_KEY;
            case "auditable_group" -> AuditedType.GROUP;
            default ->
                throw new Failure.Invalid("Validation failed.", "resource_type", "Is not a type that can be tried.");
        };
    }

    private static Map<String, String> facts(CreateTestAuditLogRequest wanted) {
        var facts = new TreeMap<>(additional(wanted.additionalFields()));
        facts.put("test_entry", "true");
        if (wanted.time() != null) {
            facts.put("requested_time", wanted.time().toString());
        }
        switch (wanted.buildReason()) {
            case "" -> {}
            case "autostart", "autostop", "initiator" -> facts.put("build_reason", wanted.buildReason());
            default ->
                throw new Failure.Invalid(
                        "Validation failed.", "build_reason", "Must be autostart, autostop or initiator.");
        }
        return facts;
    }

    /** Values are kept as texts, as those of all events are. */
    private static Map<String, String> additional(@Nullable JsonNode given) {
        if (given == null || given.isNull()) {
            return Map.of();
        }
        if (!given.isObject() || given.size() > MOST_FACTS) {
            throw wrongFacts("Must be an object of at most " + MOST_FACTS + " fields.");
        }
        var facts = new TreeMap<String, String>();
        given.properties().forEach(field -> {
            JsonNode value = field.getValue();
            String text = value.isString() ? value.asString() : value.toString();
            if (field.getKey().length() > LONGEST_NAME || text.length() > LONGEST_FACT) {
                throw wrongFacts("A name has at most " + LONGEST_NAME + " characters, a value " + LONGEST_FACT + ".");
            }
            facts.put(field.getKey(), text);
        });
        return facts;
    }

    private static Failure wrongFacts(String problem) {
        return new Failure.Invalid("Validation failed.", "additional_fields", problem);
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
