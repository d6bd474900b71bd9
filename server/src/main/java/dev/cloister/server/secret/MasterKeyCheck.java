package dev.cloister.server.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.ServerKeyRepository;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;

/**
 * Finds out at the start that the master keys are not those of this database: a server that wrote with others would
 * leave secrets that no replica can read together.
 */
public final class MasterKeyCheck {
    private static final Caller.Job JOB = new Caller.Job("master key check", Set.of(), Origin.internal());
    private static final String CHECK = "master-key-check";
    private static final SecretPlace PLACE = new SecretPlace("server_keys", "value", CHECK);

    private MasterKeyCheck() {}

    /** @throws IOException with what to do where the keys are others */
    public static void require(Transactions transactions, SecretCipher cipher, Clock clock) throws IOException {
        var repository = new ServerKeyRepository();
        byte[] stored = transactions.change(
                JOB,
                tx -> Changed.unaudited(
                        repository.keep(tx, CHECK, () -> proof(cipher), clock.instant()), Unaudited.SERVER_KEY));
        try {
            cipher.decrypt(PLACE, stored);
            if (cipher.isOutdated(stored)) {
                transactions.change(JOB, tx -> {
                    repository.replace(tx, CHECK, proof(cipher));
                    return Changed.unaudited(true, Unaudited.SERVER_KEY);
                });
            }
        } catch (SecretCipher.UnreadableException e) {
            throw new IOException(
                    "The secrets in this database were encrypted with another master key. Give this server the key that"
                            + " the others have (master-key-file or CLOISTER_MASTER_KEY).");
        }
    }

    private static byte[] proof(SecretCipher cipher) {
        return cipher.encrypt(PLACE, "cloister".getBytes(US_ASCII));
    }
}
