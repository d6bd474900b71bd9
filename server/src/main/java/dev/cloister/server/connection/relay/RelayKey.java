package dev.cloister.server.connection.relay;

import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.ServerKeyRepository;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.secret.SecretPlace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key that only the server processes of a deployment have, and by which they prove themselves to each other. */
public final class RelayKey {
    static final int PROOF_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final String NAME = "relay-key";
    private static final SecretPlace PLACE = new SecretPlace("server_keys", "value", NAME);
    private static final Caller.Job JOB = new Caller.Job("relay key", Set.of(), Origin.internal());

    private final SecretKeySpec key;

    /** Who proves what; a proof of one kind is none of another. */
    enum Purpose {
        /** The process that calls may be let in. */
        CALL,
        /** The process that was called is the one that was meant. */
        ANSWER
    }

    private RelayKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The deployment's key, made now if this is the first start. */
    public static RelayKey load(Transactions transactions, SecretCipher cipher, Clock clock) {
        var repository = new ServerKeyRepository();
        byte[] stored = transactions.change(JOB, tx -> {
            byte[] kept = repository.keep(tx, NAME, () -> cipher.encrypt(PLACE, random()), clock.instant());
            if (cipher.isOutdated(kept)) {
                kept = cipher.encrypt(PLACE, cipher.decrypt(PLACE, kept));
                repository.replace(tx, NAME, kept);
            }
            return Changed.unaudited(kept, Unaudited.SERVER_KEY);
        });
        return new RelayKey(cipher.decrypt(PLACE, stored));
    }

    private static byte[] random() {
        byte[] bytes = new byte[PROOF_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /**
     * @param called the process that is called
     * @param salutation what the caller made for this one call
     */
    byte[] proof(Purpose purpose, UUID called, byte[] salutation) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(("cloister relay " + purpose + "\0").getBytes(StandardCharsets.US_ASCII));
            mac.update(ByteBuffer.allocate(16)
                    .putLong(called.getMostSignificantBits())
                    .putLong(called.getLeastSignificantBits())
                    .flip());
            return mac.doFinal(salutation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, e);
        }
    }
}
