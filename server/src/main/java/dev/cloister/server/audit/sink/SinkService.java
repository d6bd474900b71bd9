package dev.cloister.server.audit.sink;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.AuditSinkTrial;
import dev.cloister.contract.api.CreateAuditSinkRequest;
import dev.cloister.contract.api.SecretText;
import dev.cloister.contract.api.UpdateAuditSinkRequest;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.platform.sql.Topics;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where copies of the log go: seen by those who audit, decided by those who own the deployment. */
final class SinkService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final SinkRepository sinks;
    private final SinkSecrets secrets;
    private final SinkTrial trial;
    private final Clock clock;

    SinkService(
            Transactions transactions,
            Authorizer authorizer,
            SinkRepository sinks,
            SinkSecrets secrets,
            SinkTrial trial,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.sinks = sinks;
        this.secrets = secrets;
        this.trial = trial;
        this.clock = clock;
    }

    private Visibility visible(Caller caller) {
        return authorizer.visible(caller, ResourceType.AUDIT_SINK, SinkRepository.visibility());
    }

    private void require(Caller caller, Action action) {
        authorizer.requireOnType(caller, action, ResourceType.AUDIT_SINK, null);
    }

    List<SinkStatus> list(Caller caller) {
        return transactions.read(tx -> sinks.list(tx, visible(caller)));
    }

    SinkStatus get(Caller caller, UUID id) {
        return transactions.read(tx -> find(tx, caller, id));
    }

    private SinkStatus find(ReadTx tx, Caller caller, UUID id) {
        return sinks.find(tx, visible(caller), id).orElseThrow(Failure.NotFound::new);
    }

    /** The secrets that have a value. */
    List<String> secretNames(Sink sink) {
        return secrets.of(sink).keySet().stream().sorted().toList();
    }

    /** @param body is asked for only where the caller may create */
    SinkStatus create(Caller caller, Supplier<CreateAuditSinkRequest> body) {
        require(caller, Action.CREATE);
        var wanted = body.get();
        var settings = texts(wanted.settings(), "settings");
        var given = secrets(wanted.secrets());
        given.values().removeIf(secret -> secret.reveal().isEmpty());
        SinkRules.require(wanted.name(), wanted.transport(), wanted.format(), settings, given);
        UUID id = UUID.randomUUID();
        var now = clock.instant();
        var sink = new Sink(
                id,
                wanted.name(),
                wanted.transport(),
                wanted.format(),
                wanted.enabled() == null || wanted.enabled(),
                settings,
                secrets.sealed(id, given),
                now,
                now);
        transactions.change(caller, tx -> {
            require(caller, Action.CREATE);
            if (sinks.lockAll(tx) >= SinkRules.MOST_SINKS) {
                throw new Failure.Conflict("There can be " + SinkRules.MOST_SINKS + " sinks at most.");
            }
            if (sinks.isNameTaken(tx, sink.name())) {
                throw new Failure.Conflict("There is a sink of this name.");
            }
            sinks.insert(tx, sink, begin(sinks.extent(tx), wanted.fromIndex()));
            tx.announce(Topics.AUDIT_SINK_CHANGED, id.toString());
            return Changed.to(sink, AuditEvent.created(sink));
        });
        return get(caller, id);
    }

    private static long begin(SinkRepository.Extent extent, @Nullable Long from) {
        if (from == null) {
            return extent.first();
        }
        if (from < extent.first() || from > extent.size()) {
            throw new Failure.Invalid(
                    "The sink has invalid values.",
                    "from_index",
                    "The log has the events from " + extent.first() + " to before " + extent.size() + ".");
        }
        return from;
    }

    SinkStatus update(Caller caller, UUID id, Supplier<UpdateAuditSinkRequest> body) {
        get(caller, id);
        require(caller, Action.UPDATE);
        var wanted = body.get();
        transactions.change(caller, tx -> {
            require(caller, Action.UPDATE);
            Sink before = sinks.lock(tx, id).orElseThrow(Failure.NotFound::new);
            Sink after = changed(before, wanted);
            sinks.update(tx, after);
            tx.announce(Topics.AUDIT_SINK_CHANGED, id.toString());
            return Changed.to(after, AuditEvent.updated(before, after));
        });
        return get(caller, id);
    }

    private Sink changed(Sink before, UpdateAuditSinkRequest wanted) {
        var settings = wanted.settings() == null ? before.settings() : texts(wanted.settings(), "settings");
        var given = secrets(wanted.secrets());
        SinkRules.requireSecretsAgain(before, settings, given);
        var merged = new HashMap<>(secrets.of(before));
        merged.putAll(given);
        merged.values().removeIf(secret -> secret.reveal().isEmpty());
        String format = Objects.requireNonNullElse(wanted.format(), before.format());
        SinkRules.require(before.name(), before.transport(), format, settings, merged);
        return new Sink(
                before.id(),
                before.name(),
                before.transport(),
                format,
                Objects.requireNonNullElse(wanted.enabled(), before.enabled()),
                settings,
                given.isEmpty() ? before.secrets() : secrets.sealed(before.id(), merged),
                before.createdAt(),
                clock.instant());
    }

    void delete(Caller caller, UUID id) {
        get(caller, id);
        transactions.change(caller, tx -> {
            require(caller, Action.DELETE);
            Sink before = sinks.lock(tx, id).orElseThrow(Failure.NotFound::new);
            sinks.delete(tx, id);
            tx.announce(Topics.AUDIT_SINK_CHANGED, id.toString());
            return Changed.to(before, AuditEvent.deleted(before));
        });
    }

    /** Sends the newest signed head now, on this thread. */
    AuditSinkTrial test(Caller caller, UUID id) {
        Sink sink = get(caller, id).sink();
        require(caller, Action.UPDATE);
        String error = trial.send(sink);
        transactions.record(
                caller,
                AuditEvent.done(AuditAction.WRITE, sink).with("test", error.isEmpty() ? "delivered" : "failed"));
        return new AuditSinkTrial(error.isEmpty(), error);
    }

    private static Map<String, String> texts(@Nullable Map<String, String> given, String field) {
        var texts = new HashMap<String, String>();
        if (given != null) {
            given.forEach((name, value) -> texts.put(name, required(value, field)));
        }
        texts.values().removeIf(String::isEmpty);
        return texts;
    }

    private static Map<String, Secret> secrets(@Nullable Map<String, SecretText> given) {
        var texts = new HashMap<String, Secret>();
        if (given != null) {
            given.forEach(
                    (name, value) -> texts.put(name, required(value, "secrets").secret()));
        }
        return texts;
    }

    private static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw new Failure.Invalid("The sink has invalid values.", field, "Each must be a text.");
        }
        return value;
    }
}
