package dev.cloister.server.connection.app;

import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Instant;
import java.util.Optional;

/** Codes and cookies of app hosts. Looking a credential up makes a caller, so there is no permit yet. */
public final class AppCredentialRepository {
    enum Kind {
        CODE("code"),
        SESSION("session");

        private final String stored;

        Kind(String stored) {
            this.stored = stored;
        }
    }

    void insert(WriteTx tx, Kind kind, byte[] hash, String host, String credentialId, Instant now, Instant expires) {
        tx.update("""
                INSERT INTO app_credentials (hashed_token, kind, host, credential_id, created_at, expires_at)
                VALUES (:hash, :kind, :host, :credential, :now, :expires)""")
                .bind("hash", hash)
                .bind("kind", kind.stored)
                .bind("host", host)
                .bind("credential", credentialId)
                .bind("now", now)
                .bind("expires", expires)
                .execute();
    }

    /** The credential behind a code, which is spent by this; empty where it is unknown, spent, expired or another's. */
    Optional<String> spendCode(WriteTx tx, byte[] hash, String host, Instant now) {
        return tx.query("""
                WITH spent AS (
                    DELETE FROM app_credentials WHERE hashed_token = :hash AND kind = 'code'
                    RETURNING credential_id, host, expires_at)
                SELECT credential_id FROM spent WHERE host = :host AND expires_at > :now""")
                .bind("hash", hash)
                .bind("host", host)
                .bind("now", now)
                .mapTo(String.class)
                .findOne();
    }

    /** The credential behind a cookie of this host. */
    Optional<String> session(ReadTx tx, byte[] hash, String host, Instant now) {
        return tx.query("""
                SELECT credential_id FROM app_credentials
                WHERE hashed_token = :hash AND kind = 'session' AND host = :host AND expires_at > :now""")
                .bind("hash", hash)
                .bind("host", host)
                .bind("now", now)
                .mapTo(String.class)
                .findOne();
    }

    void deleteExpired(WriteTx tx, Instant now) {
        tx.update("DELETE FROM app_credentials WHERE expires_at <= :now")
                .bind("now", now)
                .execute();
    }
}
