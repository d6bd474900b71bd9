package dev.cloister.server.connection;

import dev.cloister.contract.ticket.TicketIssuer;
import dev.cloister.provisioner.TicketVerificationKey;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.secret.SecretCipher;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The Ed25519 key pair of tickets: signs those of this server, and tells agents how to check them. */
public final class TicketKeys {
    private static final String ALGORITHM = "Ed25519";
    private static final Caller.Job JOB = new Caller.Job("ticket key", Set.of(), Origin.internal());

    private final String id;
    private final KeyPair pair;

    private TicketKeys(String id, KeyPair pair) {
        this.id = id;
        this.pair = pair;
    }

    /** The deployment's key pair, made now if this is the first start. */
    public static TicketKeys load(
            Transactions transactions, TicketKeyRepository repository, SecretCipher cipher, Clock clock) {
        var place = TicketKeyRepository.place();
        byte[] candidate = cipher.encrypt(place, encode(generate()));
        byte[] stored = transactions.change(JOB, tx -> {
            byte[] kept = repository.keep(tx, candidate, clock.instant());
            if (cipher.isOutdated(kept)) {
                kept = cipher.encrypt(place, SecretCipher.isEncrypted(kept) ? cipher.decrypt(place, kept) : kept);
                repository.replace(tx, kept);
            }
            return Changed.unaudited(kept, Unaudited.SERVER_KEY);
        });
        KeyPair pair = decode(cipher.decrypt(place, stored));
        return new TicketKeys(name(pair), pair);
    }

    private static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
        }
    }

    /** Length of the public half in two bytes, the public half (SubjectPublicKeyInfo), the private half (PKCS #8). */
    private static byte[] encode(KeyPair pair) {
        byte[] open = pair.getPublic().getEncoded();
        byte[] hidden = pair.getPrivate().getEncoded();
        return ByteBuffer.allocate(Short.BYTES + open.length + hidden.length)
                .putShort((short) open.length)
                .put(open)
                .put(hidden)
                .array();
    }

    private static KeyPair decode(byte[] stored) {
        var buffer = ByteBuffer.wrap(stored);
        byte[] open = new byte[buffer.getShort()];
        buffer.get(open);
        byte[] hidden = new byte[buffer.remaining()];
        buffer.get(hidden);
        try {
            var factory = KeyFactory.getInstance(ALGORITHM);
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(open)),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(hidden)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the stored key for tickets cannot be read", e);
        }
    }

    private static String name(KeyPair pair) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(pair.getPublic().getEncoded());
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
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
