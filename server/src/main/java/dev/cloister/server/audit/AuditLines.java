package dev.cloister.server.audit;

import dev.cloister.contract.api.ApiJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Each committed event as one line of the server's log, in the form that collectors of Coder's log know: {@code msg} is
 * {@code audit_log} and the fields are in camel case. The line is one JSON object, so that nothing a user names can
 * break out of it.
 */
public final class AuditLines {
    private static final Logger LOG = Logger.getLogger("dev.cloister.audit");

    void write(StoredEvent stored) {
        if (!LOG.isLoggable(Level.INFO)) {
            return;
        }
        AuditEvent event = stored.event();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("msg", "audit_log");
        line.put("ID", stored.id());
        line.put("Time", stored.time());
        line.put("UserID", stored.actor() == null ? "" : stored.actor());
        line.put("User", stored.actorName());
        line.put("OrganizationID", event.organization() == null ? "" : event.organization());
        line.put("Ip", stored.caller().origin().address());
        line.put("UserAgent", stored.caller().origin().userAgent());
        line.put("ResourceType", event.type().wireName());
        line.put("ResourceID", event.resource() == null ? "" : event.resource());
        line.put("ResourceTarget", event.target());
        line.put("Action", event.action().wireName());
        line.put("Diff", event.difference());
        line.put("StatusCode", event.status());
        line.put("AdditionalFields", event.additional());
        line.put("RequestID", stored.caller().origin().requestId());
        // With its source named, or the stack would be walked to find it, which takes longer than everything else here.
        LOG.logp(
                Level.INFO,
                AuditLines.class.getName(),
                "write",
                ApiJson.mapper().writeValueAsString(line));
    }
}
