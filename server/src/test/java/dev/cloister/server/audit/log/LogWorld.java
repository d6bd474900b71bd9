package dev.cloister.server.audit.log;

import dev.cloister.contract.SigningPairs;
import dev.cloister.contract.proof.Checkpoint;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.NoteSigner;
import dev.cloister.contract.proof.SignedNote;
import dev.cloister.contract.proof.check.ExportCheck;
import dev.cloister.contract.proof.check.Verdict;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.secret.SecretPlace;
import dev.cloister.server.testing.TestApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** A server with the tree over its audit log, and somebody who tampers with its database. */
final class LogWorld implements AutoCloseable {
    static final String LOG = "/api/v2/audit/log";

    final TestApi api = new TestApi();
    final NoteSigner witness = witness();
    final ProvableLog log = log(api.transactions);

    LogWorld() {
        log.register(api.routes);
        api.setUp();
    }

    private static NoteSigner witness() {
        try {
            return NoteSigner.of("witness.example", NoteKey.Use.COSIGNATURE, SigningPairs.generate());
        } catch (MalformedProofException e) {
            throw new AssertionError(e);
        }
    }

    /** Another replica on the same database. */
    ProvableLog log(Transactions transactions) {
        return new ProvableLog(
                transactions, api.authorizer, new Vault(api.cipher), List.of(witness.key()), Clock.systemUTC());
    }

    private record Vault(SecretCipher cipher) implements KeyVault {
        private static final SecretPlace PLACE = new SecretPlace("server_keys", "value", LogKey.NAME);

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

    /** Events of nobody in particular, and their places. */
    LogWorld events(int count) {
        var caller = new Caller.Anonymous(
                new Origin("192.0.2.7", "curl/8 \"quoted\" \\ \u0007 \u009b31m \u202e ü", UUID.randomUUID()));
        IntStream.range(0, count).forEach(number -> api.transactions.record(caller, event(number)));
        log.catchUp();
        return this;
    }

    static AuditEvent event(int number) {
        return new AuditEvent(
                AuditAction.OPEN,
                AuditedType.WORKSPACE,
                UUID.randomUUID(),
                "thing " + number,
                null,
                Map.of(),
                200,
                Map.of("reason", "line\nbreak", "number", Integer.toString(number)),
                null);
    }

    NoteKey key() {
        try {
            return NoteKey.parse(api.get(LOG + "/key", api.owner()).body());
        } catch (MalformedProofException e) {
            throw new AssertionError(e);
        }
    }

    SignedNote note() {
        try {
            return SignedNote.parse(api.get(LOG + "/checkpoint", api.owner()).body());
        } catch (MalformedProofException e) {
            throw new AssertionError(e);
        }
    }

    Checkpoint head() {
        try {
            return Checkpoint.signed(note(), key());
        } catch (MalformedProofException e) {
            throw new AssertionError(e);
        }
    }

    String export() {
        var answer = api.get(LOG + "/export", api.owner());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
        return answer.body();
    }

    Verdict verify(String export, Checkpoint... seen) {
        try {
            Path file = Files.createTempFile("audit", ".ndjson");
            try {
                Files.writeString(file, export);
                return new ExportCheck(key(), List.of(seen)).check(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Verdict verify(Checkpoint... seen) {
        return verify(export(), seen);
    }

    /** Statements of somebody who owns the database and turns off what guards it. */
    LogWorld tamper(String... statements) {
        api.database.execute(
                "ALTER TABLE audit_events DISABLE TRIGGER USER; ALTER TABLE audit_leaves DISABLE TRIGGER USER; "
                        + String.join("; ", statements));
        return this;
    }

    @Override
    public void close() {
        log.close();
        api.close();
    }
}
