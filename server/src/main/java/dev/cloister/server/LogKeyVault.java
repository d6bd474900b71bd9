package dev.cloister.server;

import dev.cloister.server.audit.log.KeyVault;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.secret.SecretPlace;

/** The master key's protection for the key that signs the audit log. */
record LogKeyVault(SecretCipher cipher) implements KeyVault {
    private static final SecretPlace PLACE = new SecretPlace("server_keys", "value", "audit-log-signing-key");

    @Override
    public byte[] encrypt(byte[] plain) {
        return cipher.encrypt(PLACE, plain);
    }

    @Override
    public byte[] decrypt(byte[] stored) {
        return cipher.decrypt(PLACE, stored);
    }

    @Override
    public boolean isOutdated(byte[] stored) {
        return cipher.isOutdated(stored);
    }
}
