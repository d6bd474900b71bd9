package dev.cloister.contract.ticket;

import com.google.protobuf.ByteString;
import dev.cloister.contract.agent.SignedTicket;
import dev.cloister.contract.agent.Ticket;
import dev.cloister.contract.agent.TicketKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;

/** The signature on a ticket: Ed25519 (RFC 8032) by the JDK, over a context label and the serialized ticket. */
public final class Tickets {
    /** How long a ticket lives; it is used at once, so this only has to cover a slow network. */
    public static final Duration LIFE = Duration.ofSeconds(60);

    /** How far the clocks of server and agent may be apart. */
    public static final Duration SKEW = Duration.ofSeconds(30);

    static final int LONGEST = 8 * 1024;

    private static final String ALGORITHM = "Ed25519";

    // The label keeps a signature made for anything else from passing as a ticket.
    private static final byte[] LABEL = "cloister-ticket-v1\0".getBytes(StandardCharsets.US_ASCII);

    private Tickets() {}

    /** Signs {@code ticket} as it stands; {@link TicketIssuer} also fills in id and times. */
    public static SignedTicket sign(Ticket ticket, String keyId, PrivateKey key) {
        byte[] serialized = ticket.toByteArray();
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(LABEL);
            signature.update(serialized);
            return SignedTicket.newBuilder()
                    .setKeyId(keyId)
                    .setTicket(ByteString.copyFrom(serialized))
                    .setSignature(ByteString.copyFrom(signature.sign()))
                    .build();
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("tickets are signed with an Ed25519 key", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot sign with " + ALGORITHM, e);
        }
    }

    /** The form in which the agent is told about a key. */
    public static TicketKey publicKey(String keyId, PublicKey key) {
        return TicketKey.newBuilder()
                .setId(keyId)
                .setEd25519Spki(ByteString.copyFrom(key.getEncoded()))
                .build();
    }

    static PublicKey readPublicKey(TicketKey key) {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(key.getEd25519Spki().toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("ticket key " + key.getId() + " is not an Ed25519 public key", e);
        }
    }

    static boolean signedBy(SignedTicket signed, PublicKey key) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(LABEL);
            signature.update(signed.getTicket().asReadOnlyByteBuffer());
            return signature.verify(signed.getSignature().toByteArray());
        } catch (SignatureException _) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot verify " + ALGORITHM, e);
        }
    }
}
