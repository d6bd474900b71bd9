package dev.cloister.server.audit.log;

/** Encrypts the signing key for the database. The audit log knows no feature, so whoever holds the master key lends this. */
public interface KeyVault {
    byte[] encrypt(byte[] plain);

    byte[] decrypt(byte[] stored);

    /** Whether a value should be encrypted again, with a newer master key. */
    boolean isOutdated(byte[] stored);
}
