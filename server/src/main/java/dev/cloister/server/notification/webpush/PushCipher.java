package dev.cloister.server.notification.webpush;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts a message for one browser (RFC 8291) as one record of {@code aes128gcm} (RFC 8188). */
final class PushCipher {
    /** What fits into the 4096 bytes that every push service takes (RFC 8030, 7.2), after header, delimiter and tag. */
    static final int LONGEST = 3993;

    static final int AUTH_BYTES = 16;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int RECORD = 4096;
    private static final byte LAST_RECORD = 2;
    private static final SecureRandom RANDOM = new SecureRandom();

    private PushCipher() {}

    /**
     * @param browser the browser's public key
     * @param auth the secret of the browser's subscription
     */
    static byte[] encrypt(byte[] message, ECPublicKey browser, byte[] auth) {
        var salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return encrypt(message, browser, auth, CurveP256.generate(), salt);
    }

    /** @param own used for this message and no other, as is the salt */
    static byte[] encrypt(byte[] message, ECPublicKey browser, byte[] auth, KeyPair own, byte[] salt) {
        if (message.length > LONGEST) {
            throw new IllegalArgumentException("a message of " + message.length + " bytes is too long");
        }
        byte[] ownPoint = CurveP256.point((ECPublicKey) own.getPublic());
        try {
            byte[] key = inputKey(browser, auth, own, ownPoint);
            byte[] sealed = seal(
                    message,
                    derive(key, salt, "Content-Encoding: aes128gcm\0", KEY_BYTES),
                    derive(key, salt, "Content-Encoding: nonce\0", NONCE_BYTES));
            return ByteBuffer.allocate(SALT_BYTES + Integer.BYTES + 1 + ownPoint.length + sealed.length)
                    .put(salt)
                    .putInt(RECORD)
                    .put((byte) ownPoint.length)
                    .put(ownPoint)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK can encrypt for Web Push", e);
        }
    }

    /** The key that both sides know (RFC 8291, 3.4). */
    private static byte[] inputKey(ECPublicKey browser, byte[] auth, KeyPair own, byte[] ownPoint)
            throws GeneralSecurityException {
        var agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own.getPrivate());
        agreement.doPhase(browser, true);
        byte[] label = "WebPush: info\0".getBytes(US_ASCII);
        byte[] info = ByteBuffer.allocate(label.length + 2 * CurveP256.POINT_BYTES)
                .put(label)
                .put(CurveP256.point(browser))
                .put(ownPoint)
                .array();
        return derive(agreement.generateSecret(), auth, info, 32);
    }

    private static byte[] derive(byte[] key, byte[] salt, String info, int length) throws GeneralSecurityException {
        return derive(key, salt, info.getBytes(US_ASCII), length);
    }

    private static byte[] derive(byte[] key, byte[] salt, byte[] info, int length) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(
                        HKDFParameterSpec.ofExtract().addIKM(key).addSalt(salt).thenExpand(info, length));
    }

    private static byte[] seal(byte[] message, byte[] key, byte[] nonce) throws GeneralSecurityException {
        byte[] padded = Arrays.copyOf(message, message.length + 1);
        padded[message.length] = LAST_RECORD;
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher.doFinal(padded);
    }
}
