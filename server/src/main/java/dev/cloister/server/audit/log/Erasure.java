package dev.cloister.server.audit.log;

import dev.cloister.contract.api.EraseFromAuditLogRequest;
import dev.cloister.contract.api.ErasedFromAuditLog;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Erases what the log says of a person: name, address and program of what they did, and what was told of their account.
 * The values go and so do the salts that open their commitments, so that nobody finds a value by trying; the entries
 * stay, and with them every proof. That somebody did the thing, and its id, stay as well.
 */
final class Erasure {
    private static final int LONGEST_REASON = 400;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final LogRepository places;
    private final ErasureRepository repository;

    Erasure(Transactions transactions, Authorizer authorizer, LogRepository places, ErasureRepository repository) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.places = places;
        this.repository = repository;
    }

    ErasedFromAuditLog erase(Caller caller, EraseFromAuditLogRequest wanted) {
        authorizer.requireOnType(caller, Action.DELETE, ResourceType.AUDIT_LOG, null);
        if (wanted.reason().length() > LONGEST_REASON) {
            throw new Failure.Invalid(
                    "Validation failed.", "reason", "Must not be longer than " + LONGEST_REASON + " characters.");
        }
        return transactions.change(caller, tx -> {
            if (!repository.isDeletedAccount(tx, wanted.userId())) {
                throw new Failure.Invalid(
                        "Validation failed.", "user_id", "Must be the id of a person whose account has been deleted.");
            }
            // no event is between the queue and its place meanwhile
            places.lock(tx);
            long events = repository.erase(tx, wanted.userId());
            return Changed.to(new ErasedFromAuditLog(events), event(wanted, events));
        });
    }

    private static AuditEvent event(EraseFromAuditLogRequest wanted, long events) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("events", Long.toString(events));
        if (!wanted.reason().isEmpty()) {
            facts.put("reason", wanted.reason());
        }
        return new AuditEvent(
                AuditAction.DELETE,
                AuditedType.AUDIT_LOG,
                wanted.userId(),
                "what the audit log said of a person",
                null,
                Map.of(),
                200,
                facts,
                null);
    }
}
