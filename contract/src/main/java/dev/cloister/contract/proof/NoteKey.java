package dev.cloister.contract.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.Sha256;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** A public Ed25519 key with its name and use; written as C2SP verifier key {@code name+id+base64}. */
public final class NoteKey {
    /** What a key signs. */
    public enum Use {
        /** Notes as they are: the key of a log. */
        LOG((byte) 1),
        /** Checkpoints with the time at which they were seen: the key of a witness (C2SP tlog-cosignature). */
        COSIGNATURE((byte) 4);

        private final byte type;

        Use(byte type) {
            this.type = type;
        }
    }

    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int KEY_BYTES = 32;

    private final String name;
    private final Use use;
    private final byte[] raw;
    private final int id;
    private final PublicKey key;

    private NoteKey(String name, Use use, byte[] raw) throws MalformedProofException {
        this.name = KeyName.require(name);
        this.use = use;
        this.raw = raw;
        this.id = id(name, use, raw);
        try {
            byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + raw.length);
            System.arraycopy(raw, 0, encoded, X509_PREFIX.length, raw.length);
            this.key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new MalformedProofException("not an Ed25519 key");
        }
    }

    static NoteKey of(String name, Use use, PublicKey key) throws MalformedProofException {
        byte[] encoded = key.getEncoded();
        if (encoded.length != X509_PREFIX.length + KEY_BYTES) {
            throw new MalformedProofException("not an Ed25519 key");
        }
        return new NoteKey(name, use, Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length));
    }

    /** Reads {@code name+id+base64}. */
    public static NoteKey parse(String text) throws MalformedProofException {
        String[] parts = text.strip().split("\\+", 3);
        if (parts.length != 3 || text.length() > 1000) {
            throw new MalformedProofException("a key is written as name+id+base64");
        }
        byte[] bytes = Base64Text.decode(parts[2]);
        if (bytes.length != 1 + KEY_BYTES) {
            throw new MalformedProofException("not an Ed25519 key");
        }
        for (Use use : Use.values()) {
            if (use.type == bytes[0]) {
                var key = new NoteKey(parts[0], use, Arrays.copyOfRange(bytes, 1, bytes.length));
                if (!HexFormat.of().toHexDigits(key.id).equals(parts[1])) {
                    throw new MalformedProofException("the id of the key is not that of the key");
                }
                return key;
            }
        }
        throw new MalformedProofException("a key of an unknown kind");
    }

    private static int id(String name, Use use, byte[] raw) {
        var digest = Sha256.digest();
        digest.update((name + "\n").getBytes(UTF_8));
        digest.update(use.type);
        return ByteBuffer.wrap(digest.digest(raw)).getInt();
    }

    public String name() {
        return name;
    }

    public Use use() {
        return use;
    }

    int id() {
        return id;
    }

    /** Whether a signature claims to be by this key. */
    public boolean isOf(NoteSignature signature) {
        return signature.keyId() == id && signature.name().equals(name);
    }

    /** Whether a signature is by this key and of this text. */
    public boolean verify(String text, NoteSignature signature) {
        if (!isOf(signature)) {
            return false;
        }
        if (use == Use.LOG) {
            return verify(text, signature.signature());
        }
        byte[] bytes = signature.signature();
        if (bytes.length <= Long.BYTES) {
            return false;
        }
        long time = ByteBuffer.wrap(bytes).getLong();
        return time >= 0 && verify(cosigned(text, time), Arrays.copyOfRange(bytes, Long.BYTES, bytes.length));
    }

    /** When a witness says that it saw what it cosigned, in seconds of the epoch; empty for another's signature. */
    public Optional<Long> cosignedAt(String text, NoteSignature signature) {
        return use == Use.COSIGNATURE && verify(text, signature)
                ? Optional.of(ByteBuffer.wrap(signature.signature()).getLong())
                : Optional.empty();
    }

    static String cosigned(String text, long time) {
        return "cosignature/v1\ntime " + time + "\n" + text;
    }

    private boolean verify(String text, byte[] signature) {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(text.getBytes(UTF_8));
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // the JDK throws where the signature has not the form of one
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteKey that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        byte[] bytes = new byte[1 + raw.length];
        bytes[0] = use.type;
        System.arraycopy(raw, 0, bytes, 1, raw.length);
        return name + "+" + HexFormat.of().toHexDigits(id) + "+"
                + Base64.getEncoder().encodeToString(bytes);
    }
}
