package dev.cloister.server.connection;

import dev.cloister.contract.SigningPairs;
import dev.cloister.contract.ticket.TicketIssuer;
import dev.cloister.provisioner.TicketVerificationKey;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.ServerKeyRepository;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.secret.SecretPlace;
import java.security.KeyPair;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** The Ed25519 key pair of tickets: signs those of this server, and tells agents how to check them. */
public final class TicketKeys {
    private static final String NAME = "ticket-signing-key";
    private static final SecretPlace PLACE = new SecretPlace("server_keys", "value", NAME);
    private static final Caller.Job JOB = new Caller.Job("ticket key", Set.of(), Origin.internal());

    private final String id;
    private final KeyPair pair;

    private TicketKeys(String id, KeyPair pair) {
        this.id = id;
        this.pair = pair;
    }

    /** The deployment's key pair, made now if this is the first start. */
    public static TicketKeys load(Transactions transactions, SecretCipher cipher, Clock clock) {
        var repository = new ServerKeyRepository();
        byte[] stored = transactions.change(JOB, tx -> {
            byte[] kept = repository.keep(
                    tx,
                    NAME,
                    () -> cipher.encrypt(PLACE, SigningPairs.encode(SigningPairs.generate())),
                    clock.instant());
            if (cipher.isOutdated(kept)) {
                kept = cipher.encrypt(PLACE, SecretCipher.isEncrypted(kept) ? cipher.decrypt(PLACE, kept) : kept);
                repository.replace(tx, NAME, kept);
            }
            return Changed.unaudited(kept, Unaudited.SERVER_KEY);
        });
        KeyPair pair = SigningPairs.decode(cipher.decrypt(PLACE, stored));
        return new TicketKeys(SigningPairs.name(pair), pair);
    }

    /** What agents check tickets with. */
    public List<TicketVerificationKey> verificationKeys() {
        return List.of(new TicketVerificationKey(id, pair.getPublic()));
    }

    /** Issues tickets signed by the private half. */
    public TicketIssuer issuer(Clock clock) {
        return new TicketIssuer(id, pair.getPrivate(), clock);
    }
}
