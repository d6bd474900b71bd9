package dev.cloister.server.audit.sink;

import dev.cloister.contract.api.AuditSink;
import dev.cloister.contract.api.AuditSinkTrial;
import dev.cloister.contract.api.CreateAuditSinkRequest;
import dev.cloister.contract.api.UpdateAuditSinkRequest;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.time.Clock;
import java.time.Instant;
import java.util.TreeMap;

/** The sinks over HTTP. */
final class SinkRoutes {
    private static final String SINKS = "/api/v2/audit/sinks";
    private static final String SINK = SINKS + "/{sink}";
    private static final String GROUP = "Audit";

    private final SinkService service;
    private final Clock clock;

    SinkRoutes(SinkService service, Clock clock) {
        this.service = service;
        this.clock = clock;
    }

    void register(Routes routes) {
        Access read = access(Action.READ);
        routes.get(SINKS, read, this::list)
                .named(GROUP, "List where copies of the audit log go, and how far they are")
                .answersList(200, AuditSink.class);
        routes.post(SINKS, access(Action.CREATE), this::create)
                .named(GROUP, "Have copies of the audit log sent somewhere")
                .takes(CreateAuditSinkRequest.class)
                .answers(201, AuditSink.class);
        routes.get(SINK, read, request -> Response.ok(wire(service.get(request.caller(), request.id("sink")))))
                .named(GROUP, "Get one of the places where copies of the audit log go")
                .answers(200, AuditSink.class);
        routes.patch(SINK, access(Action.UPDATE), this::update)
                .named(GROUP, "Change where or how copies of the audit log are sent")
                .takes(UpdateAuditSinkRequest.class)
                .answers(200, AuditSink.class);
        routes.delete(SINK, access(Action.DELETE), this::delete)
                .named(GROUP, "Send no more copies of the audit log there")
                .answers(204);
        routes.post(SINK + "/test", access(Action.UPDATE), this::test)
                .named(GROUP, "Send the newest signed head there now")
                .answers(200, AuditSinkTrial.class);
    }

    private static Access access(Action action) {
        return Access.to(action, ResourceType.AUDIT_SINK);
    }

    private Response list(Request request) {
        return Response.ok(
                service.list(request.caller()).stream().map(this::wire).toList());
    }

    private Response create(Request request) {
        var made = service.create(request.caller(), () -> request.body(CreateAuditSinkRequest.class));
        return Response.json(201, wire(made));
    }

    private Response update(Request request) {
        return Response.ok(wire(service.update(
                request.caller(), request.id("sink"), () -> request.body(UpdateAuditSinkRequest.class))));
    }

    private Response delete(Request request) {
        service.delete(request.caller(), request.id("sink"));
        return Response.empty(204);
    }

    private Response test(Request request) {
        return Response.ok(service.test(request.caller(), request.id("sink")));
    }

    private AuditSink wire(SinkStatus status) {
        Sink sink = status.sink();
        Instant now = clock.instant();
        return new AuditSink(
                sink.id(),
                sink.name(),
                sink.transport(),
                sink.format(),
                sink.enabled(),
                new TreeMap<>(sink.settings()),
                service.secretNames(sink),
                status.state(now),
                status.cursor(),
                status.lag(),
                status.lagSeconds(now),
                status.failures(),
                status.lastError(),
                status.lastErrorAt(),
                status.lastSuccessAt(),
                sink.createdAt(),
                sink.updatedAt());
    }
}
