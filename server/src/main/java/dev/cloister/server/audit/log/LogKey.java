package dev.cloister.server.audit.log;

import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.NoteSigner;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Set;

/** The key that signs the heads of the tree: made at the first start, shared by all replicas, encrypted at rest. */
final class LogKey {
    static final String NAME = "audit-log-signing-key";
    private static final String ORIGIN = "cloister-audit/";
    private static final Caller.Job JOB = new Caller.Job("audit log key", Set.of(), Origin.internal());

    private LogKey() {}

    static NoteSigner load(Transactions transactions, LogRepository repository, KeyVault vault, Clock clock) {
        byte[] candidate = vault.encrypt(NoteSigner.encode(NoteSigner.generate()));
        byte[] stored = transactions.change(JOB, tx -> {
            byte[] kept = repository.keepKey(tx, NAME, candidate, clock.instant());
            if (vault.isOutdated(kept)) {
                kept = vault.encrypt(vault.decrypt(kept));
                repository.replaceKey(tx, NAME, kept);
            }
            return Changed.unaudited(kept, Unaudited.SERVER_KEY);
        });
        try {
            KeyPair pair = NoteSigner.decode(vault.decrypt(stored));
            return NoteSigner.of(ORIGIN + fingerprint(pair), NoteKey.Use.LOG, pair);
        } catch (MalformedProofException e) {
            throw new IllegalStateException("the stored key of the audit log cannot be read", e);
        }
    }

    /** The log is named by its key, so that it has the same name at every address. */
    private static String fingerprint(KeyPair pair) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(pair.getPublic().getEncoded());
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
