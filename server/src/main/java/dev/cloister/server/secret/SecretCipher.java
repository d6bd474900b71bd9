package dev.cloister.server.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts what is secret before it goes into the database: AES-256-GCM with a random nonce for each value. Stored are
 * one byte of version, eight that name the key, twelve of nonce, and the ciphertext with its tag.
 */
public final class SecretCipher {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEADER_BYTES = 1 + MasterKey.ID_BYTES + NONCE_BYTES;

    private final MasterKeys keys;
    private final SecureRandom random = new SecureRandom();

    public SecretCipher(MasterKeys keys) {
        this.keys = keys;
    }

    /** A stored value was changed, moved, or encrypted by a key that is not here. */
    public static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }

    public byte[] encrypt(SecretPlace place, Secret text) {
        return encrypt(place, text.reveal().getBytes(UTF_8));
    }

    public byte[] encrypt(SecretPlace place, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        MasterKey key = keys.first();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, place).doFinal(plain);
            return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
                    .put(VERSION)
                    .put(key.id())
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK does not encrypt with AES-GCM", e);
        }
    }

    public Secret decryptText(SecretPlace place, byte[] stored) {
        return Secret.of(new String(decrypt(place, stored), UTF_8));
    }

    /** @throws UnreadableException where it was not encrypted for this place by one of the keys */
    public byte[] decrypt(SecretPlace place, byte[] stored) {
        if (!isEncrypted(stored)) {
            throw new UnreadableException("a secret in " + place.table() + " is not encrypted");
        }
        var buffer = ByteBuffer.wrap(stored);
        buffer.get();
        byte[] id = new byte[MasterKey.ID_BYTES];
        buffer.get(id);
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] sealed = new byte[buffer.remaining()];
        buffer.get(sealed);
        MasterKey key = keys.called(id)
                .orElseThrow(() -> new UnreadableException(
                        "a secret in " + place.table() + " was encrypted by a master key that this server has not"));
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, place).doFinal(sealed);
        } catch (GeneralSecurityException e) {
            throw new UnreadableException("a secret in " + place.table() + " was changed or moved");
        }
    }

    private static Cipher cipher(int mode, MasterKey key, byte[] nonce, SecretPlace place)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.bytes());
        return cipher;
    }

    /** Whether a value has the form that this cipher writes; one from before it had has not. */
    public static boolean isEncrypted(byte[] stored) {
        return stored.length >= HEADER_BYTES + TAG_BITS / 8 && stored[0] == VERSION;
    }

    /** Whether a value was encrypted by another key than the first, and should be encrypted again. */
    public boolean isOutdated(byte[] stored) {
        return !isEncrypted(stored)
                || !keys.first().isCalled(java.util.Arrays.copyOfRange(stored, 1, 1 + MasterKey.ID_BYTES));
    }
}
