package dev.cloister.server.audit.export;

import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.AuditedType;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the event that says who took a copy of a log. It is stored before the first row is sent. */
public final class LogExported {
    private LogExported() {}

    /**
     * The event.
     *
     * @param what which log, in words
     * @param query what of it was asked for, empty for all
     */
    public static AuditEvent event(String what, String format, String query) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("format", format);
        if (!query.isEmpty()) {
            facts.put("query", query);
        }
        return new AuditEvent(AuditAction.READ, AuditedType.AUDIT_LOG, null, what, null, Map.of(), 200, facts, null);
    }
}
