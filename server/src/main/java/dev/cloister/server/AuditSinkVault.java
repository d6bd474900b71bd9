package dev.cloister.server;

import dev.cloister.server.audit.sink.SinkVault;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.secret.SecretColumn;
import java.util.UUID;

/** The master key's protection for the secrets of audit sinks. */
record AuditSinkVault(SecretCipher cipher) implements SinkVault {
    static final SecretColumn COLUMN = new SecretColumn("audit_sinks", "secrets", "id::text");

    @Override
    public byte[] encrypt(UUID sink, byte[] plain) {
        return cipher.encrypt(COLUMN.at(sink), plain);
    }

    @Override
    public byte[] decrypt(UUID sink, byte[] stored) {
        return cipher.decrypt(COLUMN.at(sink), stored);
    }
}
