package dev.cloister.server.connection.relay;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * With what one server process calls another: 16 random bytes and the time, which make it good for one call and for a
 * moment, and the proof that the caller has the deployment's key.
 */
record Salutation(byte[] bytes) {
    /** The header of the request that it travels in. */
    static final String HEADER = "Cloister-Relay-Proof";

    /** How far the clocks of two hosts may be apart. */
    static final Duration TOLERANCE = Duration.ofMinutes(2);

    private static final int NONCE = 16;
    private static final int LENGTH = NONCE + Long.BYTES;
    private static final int MOST = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Salutation now(Instant now) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        return new Salutation(ByteBuffer.allocate(LENGTH)
                .put(nonce)
                .putLong(now.toEpochMilli())
                .array());
    }

    String header(RelayKey key, UUID called) {
        byte[] proof = key.proof(RelayKey.Purpose.CALL, called, bytes);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(LENGTH + proof.length)
                        .put(bytes)
                        .put(proof)
                        .array());
    }

    /** The salutation, if it comes from somebody with the key, to this process, and just now. */
    static Optional<Salutation> proven(String header, RelayKey key, UUID called, Instant now) {
        if (header.length() > MOST) {
            return Optional.empty();
        }
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(header);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (all.length != LENGTH + RelayKey.PROOF_BYTES) {
            return Optional.empty();
        }
        var salutation = new Salutation(Arrays.copyOf(all, LENGTH));
        byte[] proof = Arrays.copyOfRange(all, LENGTH, all.length);
        boolean good = MessageDigest.isEqual(proof, key.proof(RelayKey.Purpose.CALL, called, salutation.bytes));
        return good && salutation.isFresh(now) ? Optional.of(salutation) : Optional.empty();
    }

    private boolean isFresh(Instant now) {
        var made = Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong(NONCE));
        return Duration.between(made, now).abs().compareTo(TOLERANCE) <= 0;
    }

    /** Names it among those that have been used. */
    String name() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
