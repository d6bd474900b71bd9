package dev.cloister.server.notification.webpush;

import dev.cloister.contract.Secret;
import dev.cloister.contract.Sha256;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.WebpushSubscription;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.OwnedPermit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.notification.Message;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.secret.SecretColumn;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of subscriptions. What would let others send to a browser is encrypted; endpoints are found by a hash. */
final class SubscriptionRepository {
    static final SecretColumn SUBSCRIPTION = new SecretColumn("webpush_subscriptions", "subscription", "id::text");
    private static final String SELECT =
            "SELECT s.id, s.user_id, s.subscription, s.created_at FROM webpush_subscriptions s ";

    private final SecretCipher cipher;

    SubscriptionRepository(SecretCipher cipher) {
        this.cipher = cipher;
    }

    private static UUID owner(OwnedPermit permit, Action use) {
        return permit.ownerFor(use, ResourceType.WEBPUSH_SUBSCRIPTION);
    }

    /** Lets one change of a person's subscriptions happen at a time, so that their bound holds; false for nobody. */
    boolean lock(WriteTx tx, OwnedPermit permit, Action use) {
        return tx.query("SELECT TRUE FROM users WHERE id = :user AND NOT deleted FOR NO KEY UPDATE")
                .bind("user", owner(permit, use))
                .mapTo(Boolean.class)
                .findOne()
                .isPresent();
    }

    int count(ReadTx tx, OwnedPermit permit) {
        return tx.query("SELECT count(*) FROM webpush_subscriptions WHERE user_id = :user")
                .bind("user", owner(permit, Action.CREATE))
                .mapTo(Integer.class)
                .one();
    }

    Optional<Subscription> find(ReadTx tx, OwnedPermit permit, Action use, Secret endpoint) {
        return tx.query(SELECT + "WHERE s.user_id = :user AND s.endpoint_hash = :hash")
                .bind("user", owner(permit, use))
                .bind("hash", Sha256.of(endpoint.reveal()))
                .map((row, context) -> subscription(row))
                .findOne();
    }

    List<Subscription> list(ReadTx tx, OwnedPermit permit, Action use) {
        return tx.query(SELECT + "WHERE s.user_id = :user ORDER BY s.created_at, s.id")
                .bind("user", owner(permit, use))
                .map((row, context) -> subscription(row))
                .list();
    }

    /** The browsers of whom a message is for; none of a person who may not sign in. */
    List<Subscription> ofRecipient(ReadTx tx, Message message) {
        return tx.query(SELECT + """
                JOIN users u ON u.id = s.user_id AND NOT u.deleted AND u.status <> 'suspended'
                WHERE s.user_id = :user ORDER BY s.created_at, s.id""")
                .bind("user", message.recipient().id())
                .map((row, context) -> subscription(row))
                .list();
    }

    private Subscription subscription(ResultSet row) throws SQLException {
        UUID id = Columns.id(row, "id");
        var kept = ApiJson.mapper()
                .readValue(
                        cipher.decryptText(SUBSCRIPTION.at(id), row.getBytes("subscription"))
                                .reveal(),
                        WebpushSubscription.class);
        return new Subscription(
                id,
                Columns.id(row, "user_id"),
                String.valueOf(URI.create(kept.endpoint()).getHost()),
                Secret.of(kept.endpoint()),
                kept.p256dhKey(),
                Secret.of(kept.authKey()),
                Columns.instant(row, "created_at"));
    }

    void insert(WriteTx tx, OwnedPermit permit, Subscription fresh) {
        var kept =
                new WebpushSubscription(fresh.auth().reveal(), fresh.endpoint().reveal(), fresh.key());
        tx.update("""
                INSERT INTO webpush_subscriptions (id, user_id, endpoint_hash, subscription, created_at)
                VALUES (:id, :user, :hash, :subscription, :now)""")
                .bind("id", fresh.id())
                .bind("user", owner(permit, Action.CREATE))
                .bind("hash", Sha256.of(fresh.endpoint().reveal()))
                .bind(
                        "subscription",
                        cipher.encrypt(
                                SUBSCRIPTION.at(fresh.id()),
                                Secret.of(ApiJson.mapper().writeValueAsString(kept))))
                .bind("now", fresh.createdAt())
                .execute();
    }

    void delete(WriteTx tx, OwnedPermit permit, Action use, Subscription gone) {
        tx.update("DELETE FROM webpush_subscriptions WHERE user_id = :user AND id = :id")
                .bind("user", owner(permit, use))
                .bind("id", gone.id())
                .execute();
    }

    /** Removes one that the browser's push service says is no more; false where it was gone already. */
    boolean forget(WriteTx tx, Subscription dead) {
        return tx.update("DELETE FROM webpush_subscriptions WHERE id = :id")
                        .bind("id", dead.id())
                        .execute()
                == 1;
    }
}
