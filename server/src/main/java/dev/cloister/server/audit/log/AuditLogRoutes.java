package dev.cloister.server.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.api.AuditLogStatus;
import dev.cloister.contract.api.EraseFromAuditLogRequest;
import dev.cloister.contract.api.ErasedFromAuditLog;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.Tile;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.List;

/** The tree over HTTP, in the paths of C2SP tlog-tiles, and what is ours: the key, proofs and the export. */
final class AuditLogRoutes {
    private static final String PREFIX = "/api/v2/audit/log";
    private static final Access READ = Access.to(Action.READ, ResourceType.AUDIT_LOG);
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String BYTES = "application/octet-stream";
    private static final List<String> SEGMENTS = List.of("first", "second", "third", "fourth");

    private static final long MOST_SIGNATURES = 64 << 10;

    private final LogReader log;
    private final Cosignatures cosignatures;
    private final LogStatus status;
    private final Erasure erasure;

    AuditLogRoutes(LogReader log, Cosignatures cosignatures, LogStatus status, Erasure erasure) {
        this.erasure = erasure;
        this.log = log;
        this.cosignatures = cosignatures;
        this.status = status;
    }

    void register(Routes routes) {
        routes.get(PREFIX + "/checkpoint", READ, this::checkpoint)
                .named("Audit", "Get the signed head of the audit log")
                .answers(200, new Operation.Bytes(TEXT));
        routes.get(PREFIX + "/status", READ, request -> Response.ok(status.now()))
                .named("Audit", "Get whether the audit log can be proven just now, in plain words")
                .answers(200, AuditLogStatus.class);
        routes.get(
                        PREFIX + "/checkpoint/witnessed",
                        READ,
                        request -> text(log.witnessed().toString()))
                .named("Audit", "Get the newest head of the audit log that witnesses have cosigned")
                .answers(200, new Operation.Bytes(TEXT));
        routes.post(PREFIX + "/cosignatures", READ, MOST_SIGNATURES, this::cosign)
                .named("Audit", "Hand in a witness's cosignature of a head of the audit log")
                .takes(new Operation.Bytes(TEXT))
                .query("size", Long.class, "The size of the head that is cosigned")
                .answers(204);
        routes.get(PREFIX + "/key", READ, request -> text(log.key() + "\n"))
                .named("Audit", "Get the public key that signs the heads of the audit log")
                .answers(200, new Operation.Bytes(TEXT));
        routes.post(
                        PREFIX + "/erasures",
                        Access.to(Action.DELETE, ResourceType.AUDIT_LOG),
                        request -> Response.ok(
                                erasure.erase(request.caller(), request.body(EraseFromAuditLogRequest.class))))
                .named("Audit", "Erase what the audit log says of a person whose account was deleted")
                .takes(EraseFromAuditLogRequest.class)
                .answers(200, ErasedFromAuditLog.class);
        for (int count = 1; count <= SEGMENTS.size(); count++) {
            int segments = count;
            var path = new StringBuilder(PREFIX + "/tile/{level}");
            SEGMENTS.subList(0, count)
                    .forEach(name -> path.append("/{").append(name).append('}'));
            routes.get(path.toString(), READ, request -> tile(request, segments))
                    .named("Audit", "Get a tile of hashes, or of entries where the level is \"entries\"")
                    .answers(200, new Operation.Bytes(BYTES));
        }
        routes.get(PREFIX + "/proof/{event}", READ, this::proof)
                .named("Audit", "Prove that an event is on the audit log")
                .answers(200, new Operation.Bytes(TEXT));
        routes.get(PREFIX + "/export", READ, this::export)
                .named("Audit", "Export the audit log so that it can be verified without the server")
                .query("from", Long.class, "The index of the first entry, a multiple of 256")
                .answers(200, new Operation.Bytes("application/x-ndjson"));
    }

    private static Response text(String text) {
        return Response.bytes(200, TEXT, text.getBytes(UTF_8));
    }

    private Response checkpoint(Request request) {
        return text(log.head().note());
    }

    private Response tile(Request request, int segments) {
        var names = SEGMENTS.subList(0, segments).stream().map(request::path).toList();
        String level = request.path("level");
        try {
            boolean entries = level.equals("entries");
            if (!entries && !level.matches("[0-7]")) {
                throw new Failure.NotFound();
            }
            Tile tile = Tile.parse(entries ? 0 : Integer.parseInt(level), String.join("/", names));
            return Response.bytes(200, BYTES, entries ? log.entries(request.caller(), tile) : log.tile(tile));
        } catch (MalformedProofException e) {
            throw new Failure.NotFound();
        }
    }

    private Response cosign(Request request) {
        if (request.query("size").isEmpty()) {
            throw new Failure.Invalid("Query parameters have invalid values.", "size", "Must be given.");
        }
        cosignatures.take(request.caller(), request.number("size", 0, 0, Long.MAX_VALUE), request.bytes());
        return Response.empty(204);
    }

    private Response proof(Request request) {
        var event = request.id("event");
        return text(log.proof(request.caller(), event).toString())
                .header("Content-Disposition", "attachment; filename=\"" + event + ".tlog-proof\"");
    }

    private Response export(Request request) {
        log.requireAll(request.caller());
        long first = request.number("from", 0, 0, Long.MAX_VALUE);
        if (first % Tile.FULL != 0) {
            throw new Failure.Invalid(
                    "Query parameters have invalid values.", "from", "Must be a multiple of " + Tile.FULL + ".");
        }
        var export = log.export(request.caller(), first);
        return Response.stream(200, "application/x-ndjson", export::write)
                .header("Content-Disposition", "attachment; filename=\"audit-log.ndjson\"");
    }
}
