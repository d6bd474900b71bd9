package dev.cloister.server;

import dev.cloister.contract.Secret;
import dev.cloister.server.identity.OneTimeCodes;
import dev.cloister.server.notification.Message;
import dev.cloister.server.notification.Method;
import dev.cloister.server.notification.Notifications;
import dev.cloister.server.notification.delivery.CodeDelivery;
import dev.cloister.server.notification.delivery.DeliverySettings;
import dev.cloister.server.notification.delivery.MailSettings;
import dev.cloister.server.notification.delivery.WebhookSettings;
import dev.cloister.server.notification.webpush.WebPush;
import dev.cloister.server.platform.config.NotificationSettings;
import java.time.Instant;

/** What lies between notifications and their neighbours, none of which know the other. */
final class NotificationParts {
    private NotificationParts() {}

    static Notifications.Settings settings(NotificationSettings given) {
        var pace = given.pace();
        return new Notifications.Settings(
                given.method().equals("webhook") ? Method.WEBHOOK : Method.SMTP,
                given.email().map(email -> mail(email, pace)),
                given.webhook()
                        .map(webhook ->
                                new WebhookSettings(webhook.endpoint(), webhook.secret(), pace.dispatchTimeout())),
                given.push().map(push -> new WebPush.Settings(push.privateNetworks(), pace.dispatchTimeout())),
                given.inbox(),
                new DeliverySettings(
                        pace.maxSendAttempts(),
                        pace.retryInterval(),
                        pace.leasePeriod(),
                        pace.leaseCount(),
                        pace.fetchInterval()));
    }

    private static MailSettings mail(NotificationSettings.Email email, NotificationSettings.Pace pace) {
        var tls = email.tls();
        return new MailSettings(
                email.from(),
                email.host(),
                email.port(),
                email.hello(),
                protection(email),
                email.login()
                        .map(login -> new MailSettings.Login(login.identity(), login.username(), login.password())),
                new MailSettings.Trust(
                        tls.serverName(), tls.skipVerify(), tls.authorities(), tls.certificate(), tls.key()),
                pace.dispatchTimeout());
    }

    private static MailSettings.Protection protection(NotificationSettings.Email email) {
        if (email.forceTls()) {
            return MailSettings.Protection.TLS;
        }
        return email.tls().startTls() ? MailSettings.Protection.STARTTLS : MailSettings.Protection.NONE;
    }

    /** Has codes for new passwords sent as notifications are. */
    record Codes(CodeDelivery delivery) implements OneTimeCodes {
        @Override
        public boolean canDeliver() {
            return delivery.canDeliver();
        }

        @Override
        public void deliver(Recipient recipient, Secret code, Instant expires) {
            delivery.deliver(
                    new Message.Recipient(recipient.user(), recipient.username(), recipient.name(), recipient.email()),
                    code,
                    expires);
        }
    }
}
