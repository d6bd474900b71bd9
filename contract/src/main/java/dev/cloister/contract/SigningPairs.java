package dev.cloister.contract;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Ed25519 key pairs (RFC 8032): making them, and keeping both halves as bytes. */
public final class SigningPairs {
    private static final String ALGORITHM = "Ed25519";
    private static final int NAME_BYTES = 8;

    private SigningPairs() {}

    public static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
        }
    }

    /**
     * Both halves of a pair as bytes, which are as secret as the pair: to be encrypted, or kept with mode 0600. The
     * length of the public half in two bytes, the public half (SubjectPublicKeyInfo), the private half (PKCS #8).
     */
    public static byte[] encode(KeyPair pair) {
        byte[] open = pair.getPublic().getEncoded();
        byte[] hidden = pair.getPrivate().getEncoded();
        return ByteBuffer.allocate(Short.BYTES + open.length + hidden.length)
                .putShort((short) open.length)
                .put(open)
                .put(hidden)
                .array();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException where the bytes are not those of a pair; it does not show them
     */
    public static KeyPair decode(byte[] encoded) {
        var buffer = ByteBuffer.wrap(encoded);
        if (encoded.length < Short.BYTES
                || buffer.getShort(0) < 1
                || buffer.getShort(0) > encoded.length - Short.BYTES) {
            throw new IllegalArgumentException("not a key pair");
        }
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
            throw new IllegalArgumentException("not a key pair", e);
        }
    }

    /** A name that tells pairs apart: 16 digits of the hash of the public half. */
    public static String name(KeyPair pair) {
        return HexFormat.of().formatHex(Sha256.of(pair.getPublic().getEncoded()), 0, NAME_BYTES);
    }
}
