package dev.cloister.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.check.CopyCheck;
import dev.cloister.contract.proof.check.Verdict;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.audit.log.KeyVault;
import dev.cloister.server.audit.log.ProvableLog;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.secret.SecretPlace;
import dev.cloister.server.testing.TestApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** A server with a log and its sinks. */
public final class SinkWorld implements AutoCloseable {
    public static final String SINKS = "/api/v2/audit/sinks";
    private static final Pace QUICK =
            new Pace(Duration.ofMillis(1200), Duration.ofMillis(50), Duration.ofMillis(10), Duration.ofMillis(100));

    public final TestApi api = new TestApi();
    public final ProvableLog log;
    public final Path directory;
    final AuditSinks sinks;

    public SinkWorld(Path directory) {
        this.directory = directory;
        log = new ProvableLog(api.transactions, api.authorizer, new Vault(api.cipher), List.of(), Clock.systemUTC());
        sinks = replica();
        log.register(api.routes);
        sinks.register(api.routes);
        api.setUp();
        log.catchUp();
    }

    /** The sinks of another process on the same database. */
    AuditSinks replica() {
        return new AuditSinks(
                api.transactions,
                api.authorizer,
                api.database.events(),
                log.feed(),
                new SecretsVault(api.cipher),
                directory,
                QUICK,
                Clock.systemUTC());
    }

    private record Vault(SecretCipher cipher) implements KeyVault {
        private static final SecretPlace PLACE = new SecretPlace("server_keys", "value", "of-tests");

        @Override
        public byte[] encrypt(byte[] plain) {
            return cipher.encrypt(PLACE, plain);
        }

        @Override
        public byte[] decrypt(byte[] stored) {
            return cipher.decrypt(PLACE, stored);
        }

        @Override
        public boolean isOutdated(byte[] stored) {
            return cipher.isOutdated(stored);
        }
    }

    private record SecretsVault(SecretCipher cipher) implements SinkVault {
        @Override
        public byte[] encrypt(UUID sink, byte[] plain) {
            return cipher.encrypt(new SecretPlace("audit_sinks", "secrets", sink.toString()), plain);
        }

        @Override
        public byte[] decrypt(UUID sink, byte[] stored) {
            return cipher.decrypt(new SecretPlace("audit_sinks", "secrets", sink.toString()), stored);
        }
    }

    /** Events of nobody in particular, each named by its number, and their places. */
    public SinkWorld events(int count) {
        IntStream.range(0, count).forEach(number -> event("thing " + number));
        log.catchUp();
        return this;
    }

    /** One event of that target, without a place yet. */
    public SinkWorld event(String target) {
        var caller = new Caller.Anonymous(new Origin("192.0.2.7", "curl/8 " + target, UUID.randomUUID()));
        api.transactions.record(
                caller,
                new AuditEvent(
                        AuditAction.OPEN,
                        AuditedType.WORKSPACE,
                        UUID.randomUUID(),
                        target,
                        null,
                        Map.of(),
                        200,
                        Map.of("reason", target),
                        null));
        return this;
    }

    /** How many events have places. */
    public long size() {
        return Long.parseLong(api.database.look("SELECT count(*) FROM audit_leaves"));
    }

    public NoteKey key() {
        return log.feed().key();
    }

    /** Creates a sink; returns its id. */
    public String sink(String name, String transport, String format, Map<String, ?> settings, Map<String, ?> secrets) {
        var body = new HashMap<String, Object>(
                Map.of("name", name, "transport", transport, "format", format, "settings", settings));
        body.put("secrets", secrets);
        var made = api.send("POST", SINKS, api.owner(), body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        log.catchUp();
        return TestApi.json(made).get("id").asString();
    }

    public JsonNode get(String id) {
        return TestApi.json(api.get(SINKS + "/" + id, api.owner()));
    }

    /** Waits until a sink has taken everything, and returns how much that is. */
    public long caughtUp(String id) {
        return until(id, sink -> sink.get("lag_events").asLong() == 0)
                .get("cursor")
                .asLong();
    }

    /** Waits for a state of a sink. */
    public JsonNode until(String id, java.util.function.Predicate<JsonNode> state) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            var sink = get(id);
            if (state.test(sink)) {
                return sink;
            }
            assertThat(System.nanoTime()).as("not reached: %s", sink).isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
    }

    /** What the receiver of these lines can tell of them. */
    public Verdict check(List<String> lines) {
        try {
            Path file = Files.createTempFile(directory, "received", ".ndjson");
            Files.write(file, lines);
            return check(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public Verdict check(Path... files) throws IOException {
        return new CopyCheck(key()).check(List.of(files));
    }

    @Override
    public void close() {
        sinks.close();
        log.close();
        api.close();
    }
}
