package dev.cloister.contract.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.List;

/** The private half of a key: signs for a log, or cosigns for a witness. It shows nothing of itself. */
public final class NoteSigner {
    private final NoteKey key;
    private final PrivateKey secret;

    private NoteSigner(NoteKey key, PrivateKey secret) {
        this.key = key;
        this.secret = secret;
    }

    public static NoteSigner of(String name, NoteKey.Use use, KeyPair pair) throws MalformedProofException {
        return new NoteSigner(NoteKey.of(name, use, pair.getPublic()), pair.getPrivate());
    }

    /** The public half, with which others check. */
    public NoteKey key() {
        return key;
    }

    /** Signs a text for a log. */
    public SignedNote sign(String text) {
        return new SignedNote(text, List.of(signature(text, new byte[0])));
    }

    /** Cosigns the text of a checkpoint as seen at a time. */
    public NoteSignature cosign(String text, Instant now) {
        long time = now.getEpochSecond();
        return signature(
                NoteKey.cosigned(text, time),
                ByteBuffer.allocate(Long.BYTES).putLong(time).array());
    }

    private NoteSignature signature(String text, byte[] prefix) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(secret);
            signer.update(text.getBytes(UTF_8));
            byte[] signature = signer.sign();
            return new NoteSignature(
                    key.name(),
                    key.id(),
                    ByteBuffer.allocate(prefix.length + signature.length)
                            .put(prefix)
                            .put(signature)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this key does not sign", e);
        }
    }

    @Override
    public String toString() {
        return "signer of " + key.name();
    }
}
