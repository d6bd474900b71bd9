package dev.cloister.server.audit.log;

import dev.cloister.contract.SigningPairs;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.NoteSigner;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.ServerKeyRepository;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import java.security.KeyPair;
import java.time.Clock;
import java.util.Set;

/** The key that signs the heads of the tree: made at the first start, shared by all replicas, encrypted at rest. */
final class LogKey {
    static final String NAME = "audit-log-signing-key";
    private static final String ORIGIN = "cloister-audit/";
    private static final Caller.Job JOB = new Caller.Job("audit log key", Set.of(), Origin.internal());

    private LogKey() {}

    /** The log is named by its key, so that it has the same name at every address. */
    static NoteSigner load(Transactions transactions, KeyVault vault, Clock clock) {
        var repository = new ServerKeyRepository();
        byte[] stored = transactions.change(JOB, tx -> {
            byte[] kept = repository.keep(
                    tx, NAME, () -> vault.encrypt(SigningPairs.encode(SigningPairs.generate())), clock.instant());
            if (vault.isOutdated(kept)) {
                kept = vault.encrypt(vault.decrypt(kept));
                repository.replace(tx, NAME, kept);
            }
            return Changed.unaudited(kept, Unaudited.SERVER_KEY);
        });
        try {
            KeyPair pair = SigningPairs.decode(vault.decrypt(stored));
            return NoteSigner.of(ORIGIN + SigningPairs.name(pair), NoteKey.Use.LOG, pair);
        } catch (MalformedProofException | IllegalArgumentException e) {
            throw new IllegalStateException("the stored key of the audit log cannot be read", e);
        }
    }
}
