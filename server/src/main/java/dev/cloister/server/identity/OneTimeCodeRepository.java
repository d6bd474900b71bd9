package dev.cloister.server.identity;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The rows of codes that reset a password. */
public final class OneTimeCodeRepository {
    private static final String GOOD = """
            u.id = c.user_id AND lower(u.email) = lower(:email) AND NOT u.deleted AND u.status <> 'suspended'
            AND u.login_type = 'password' AND c.hashed_code = :hash AND c.expires_at > :now""";

    /** Proof that a code of this person was good. Made here only. */
    static final class Redeemed {
        private final UserId user;

        private Redeemed(UUID user) {
            this.user = new UserId(user);
        }

        UserId user() {
            return user;
        }
    }

    /** A code that a person asked for: it goes to the address of the account and to nobody else. */
    void insertAsked(WriteTx tx, UserId user, byte[] hash, Instant now, Instant expires) {
        insert(tx, user.value(), hash, now, expires);
    }

    /** A code that an administrator hands out. */
    void insert(WriteTx tx, Permit<UserId> permit, byte[] hash, Instant now, Instant expires) {
        insert(tx, permit.idFor(Action.UPDATE_PERSONAL).value(), hash, now, expires);
    }

    private static void insert(WriteTx tx, UUID user, byte[] hash, Instant now, Instant expires) {
        tx.update("DELETE FROM one_time_codes WHERE expires_at <= :now")
                .bind("now", now)
                .execute();
        tx.update("""
                INSERT INTO one_time_codes (hashed_code, user_id, created_at, expires_at)
                VALUES (:hash, :user, :now, :expires)""")
                .bind("hash", hash)
                .bind("user", user)
                .bind("now", now)
                .bind("expires", expires)
                .execute();
    }

    /** How many codes of a person are still good. */
    int outstanding(ReadTx tx, UserId user, Instant now) {
        return tx.query("SELECT count(*) FROM one_time_codes WHERE user_id = :user AND expires_at > :now")
                .bind("user", user.value())
                .bind("now", now)
                .mapTo(Integer.class)
                .one();
    }

    /** Whose code this is, in one statement for known and unknown addresses alike. */
    Optional<Redeemed> find(ReadTx tx, String email, byte[] hash, Instant now) {
        return tx.query("SELECT u.id FROM one_time_codes c JOIN users u ON " + GOOD)
                .bind("email", email)
                .bind("hash", hash)
                .bind("now", now)
                .mapTo(UUID.class)
                .findOne()
                .map(Redeemed::new);
    }

    /** Uses a code up, and with it every other one of the same person; empty where it is not good any more. */
    Optional<Redeemed> redeem(WriteTx tx, String email, byte[] hash, Instant now) {
        Optional<Redeemed> redeemed = tx.query(
                        "DELETE FROM one_time_codes c USING users u WHERE " + GOOD + " RETURNING u.id")
                .bind("email", email)
                .bind("hash", hash)
                .bind("now", now)
                .mapTo(UUID.class)
                .findOne()
                .map(Redeemed::new);
        redeemed.ifPresent(proof -> tx.update("DELETE FROM one_time_codes WHERE user_id = :user")
                .bind("user", proof.user().value())
                .execute());
        return redeemed;
    }
}
