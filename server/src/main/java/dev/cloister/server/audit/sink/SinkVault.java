package dev.cloister.server.audit.sink;

import java.util.UUID;

/** Encrypts the secrets of sinks. The audit log knows no feature, so whoever holds the master key lends this. */
public interface SinkVault {
    /** @param sink whose secrets they are, so that one sink's cannot be copied to another */
    byte[] encrypt(UUID sink, byte[] plain);

    byte[] decrypt(UUID sink, byte[] stored);
}
