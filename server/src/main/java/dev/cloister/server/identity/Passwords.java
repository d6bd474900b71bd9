package dev.cloister.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.Secret;
import dev.cloister.server.platform.Failure;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Password hashes: Argon2id (RFC 9106) in the PHC string format, with the parameters that OWASP's password storage
 * guide gives (19 MiB, two passes, one lane). A bounded number run at once, so that a flood of logins cannot take all
 * memory and processors.
 */
public final class Passwords {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final String PREFIX = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$";

    private final SecureRandom random = new SecureRandom();
    private final Semaphore slots =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));
    private final Secret nobodys = nobodys();

    /** A new hash with a salt of its own. */
    public Secret hash(Secret password) {
        byte[] salt = random(SALT_BYTES);
        return text(salt, derive(password, salt));
    }

    /** A hash that no known password has; made without deriving one, which every start would wait for. */
    private Secret nobodys() {
        return text(random(SALT_BYTES), random(HASH_BYTES));
    }

    private static Secret text(byte[] salt, byte[] hash) {
        var encoder = Base64.getEncoder().withoutPadding();
        return Secret.of(PREFIX + encoder.encodeToString(salt) + "$" + encoder.encodeToString(hash));
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Whether the password is the one of this hash; the time does not tell how near it was. */
    public boolean matches(Secret password, Secret hash) {
        String[] parts = hash.reveal().split("\\$", -1);
        if (parts.length != 6 || !hash.reveal().startsWith(PREFIX)) {
            wasteTime(password);
            return false;
        }
        byte[] expected = Base64.getDecoder().decode(parts[5]);
        return MessageDigest.isEqual(
                expected, derive(password, Base64.getDecoder().decode(parts[4])));
    }

    /** Takes as long as {@link #matches}, so that an unknown name answers as slowly as a known one. */
    public void wasteTime(Secret password) {
        boolean ignored = matches(password, nobodys);
    }

    private byte[] derive(Secret password, byte[] salt) {
        acquire();
        try {
            var generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(MEMORY_KIB)
                    .withIterations(PASSES)
                    .withParallelism(1)
                    .withSalt(salt)
                    .build());
            byte[] hash = new byte[HASH_BYTES];
            generator.generateBytes(
                    Normalizer.normalize(password.reveal(), Normalizer.Form.NFC).getBytes(UTF_8), hash);
            return hash;
        } finally {
            slots.release();
        }
    }

    private void acquire() {
        try {
            if (slots.tryAcquire(5, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Failure.TooMany("Too many people are signing in just now. Try again.", Duration.ofSeconds(2));
    }
}
