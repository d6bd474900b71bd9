package dev.cloister.server.audit.log;

import dev.cloister.contract.proof.Commitment;
import dev.cloister.server.audit.SealedField;
import dev.cloister.server.audit.WriteTx;
import java.util.UUID;

/** Takes values and the salts of their commitments away. The schema lets nothing else of an event change. */
final class ErasureRepository {
    private static final int FIRST_OF_PERSON = SealedField.ACTOR_NAME.ordinal();
    private static final int FIRST_OF_THING = SealedField.RESOURCE_TARGET.ordinal();

    /** Events whose resource is the person: the account, its memberships, its sessions and tokens. */
    private static final String ABOUT =
            "(resource_type IN ('user', 'organization_member', 'api_key') AND resource_id = :user)";

    private static final int SALTS = 3 * Commitment.SALT_BYTES;

    boolean isDeletedAccount(WriteTx tx, UUID user) {
        return tx.query("SELECT deleted FROM users WHERE id = :user")
                .bind("user", user)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    /** Returns of how many events something was erased. */
    long erase(WriteTx tx, UUID user) {
        forget(tx, "audit_leaves", "e.actor_id = :user", FIRST_OF_PERSON, user);
        forget(tx, "audit_queue", "e.actor_id = :user", FIRST_OF_PERSON, user);
        String about = ABOUT.replace("resource_", "e.resource_");
        forget(tx, "audit_leaves", about, FIRST_OF_THING, user);
        forget(tx, "audit_queue", about, FIRST_OF_THING, user);
        return tx.update("""
                UPDATE audit_events SET
                    actor_name = CASE WHEN actor_id = :user THEN '' ELSE actor_name END,
                    address = CASE WHEN actor_id = :user THEN '' ELSE address END,
                    user_agent = CASE WHEN actor_id = :user THEN '' ELSE user_agent END,
                    resource_target = CASE WHEN %1$s THEN '' ELSE resource_target END,
                    diff = CASE WHEN %1$s THEN '{}'::jsonb ELSE diff END,
                    additional_fields = CASE WHEN %1$s THEN '{}'::jsonb ELSE additional_fields END
                WHERE actor_id = :user OR %1$s""".formatted(ABOUT)).bind("user", user).execute();
    }

    /** Three salts that lie one after the other, from that of a field on. */
    private static void forget(WriteTx tx, String table, String of, int firstField, UUID user) {
        tx.update("UPDATE " + table + " l SET salts = overlay(l.salts PLACING decode(repeat('00', :count), 'hex')"
                        + " FROM :from FOR :count) FROM audit_events e WHERE l.sequence = e.sequence"
                        + " AND l.salts IS NOT NULL AND " + of)
                .bind("count", SALTS)
                .bind("from", firstField * Commitment.SALT_BYTES + 1)
                .bind("user", user)
                .execute();
    }
}
