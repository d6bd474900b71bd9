package dev.cloister.contract.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;

/** The private half of a key: signs for a log, or cosigns for a witness. It shows nothing of itself. */
public final class NoteSigner {
    private final NoteKey key;
    private final PrivateKey secret;

    private NoteSigner(NoteKey key, PrivateKey secret) {
        this.key = key;
        this.secret = secret;
    }

    /** A key pair to be kept by {@link #encode}. */
    public static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no Ed25519", e);
        }
    }

    public static NoteSigner of(String name, NoteKey.Use use, KeyPair pair) throws MalformedProofException {
        return new NoteSigner(NoteKey.of(name, use, pair.getPublic()), pair.getPrivate());
    }

    /** Both halves of a pair as bytes, which are as secret as the pair: to be encrypted, or kept with mode 0600. */
    public static byte[] encode(KeyPair pair) {
        byte[] open = pair.getPublic().getEncoded();
        byte[] hidden = pair.getPrivate().getEncoded();
        return ByteBuffer.allocate(Short.BYTES + open.length + hidden.length)
                .putShort((short) open.length)
                .put(open)
                .put(hidden)
                .array();
    }

    /** Reads what {@link #encode} wrote. */
    public static KeyPair decode(byte[] encoded) throws MalformedProofException {
        var buffer = ByteBuffer.wrap(encoded);
        if (encoded.length < Short.BYTES
                || buffer.getShort(0) < 1
                || buffer.getShort(0) > encoded.length - Short.BYTES) {
            throw new MalformedProofException("not a key pair");
        }
        byte[] open = new byte[buffer.getShort()];
        buffer.get(open);
        byte[] hidden = new byte[buffer.remaining()];
        buffer.get(hidden);
        try {
            var factory = KeyFactory.getInstance("Ed25519");
            PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(open));
            return new KeyPair(publicKey, factory.generatePrivate(new PKCS8EncodedKeySpec(hidden)));
        } catch (GeneralSecurityException e) {
            throw new MalformedProofException("not a key pair");
        }
    }

    /** The public half, with which others check. */
    public NoteKey key() {
        return key;
    }

    /** Signs a text for a log. */
    public SignedNote sign(String text) {
        return new SignedNote(text, java.util.List.of(signature(text, new byte[0])));
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
