package dev.cloister.contract.client;

import dev.cloister.contract.api.AuditSink;
import dev.cloister.contract.api.AuditSinkTrial;
import dev.cloister.contract.api.CreateAuditSinkRequest;
import dev.cloister.contract.api.UpdateAuditSinkRequest;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Where copies of the audit log go. Throws as {@link ApiClient} does. */
public final class AuditSinkCalls {
    private static final String SINKS = Paths.of("/audit/sinks");

    private final ApiConnection connection;

    AuditSinkCalls(ApiConnection connection) {
        this.connection = connection;
    }

    public List<AuditSink> list() throws IOException {
        return connection.list(SINKS, AuditSink.class);
    }

    public AuditSink create(CreateAuditSinkRequest request) throws IOException {
        return connection.send("POST", SINKS, request, AuditSink.class);
    }

    public AuditSink update(UUID id, UpdateAuditSinkRequest request) throws IOException {
        return connection.send("PATCH", SINKS + Paths.segment(id.toString()), request, AuditSink.class);
    }

    public void delete(UUID id) throws IOException {
        connection.send("DELETE", SINKS + Paths.segment(id.toString()), null);
    }

    /** Has the newest signed head sent there now. */
    public AuditSinkTrial test(UUID id) throws IOException {
        return connection.send("POST", SINKS + Paths.segment(id.toString()) + "/test", null, AuditSinkTrial.class);
    }
}
