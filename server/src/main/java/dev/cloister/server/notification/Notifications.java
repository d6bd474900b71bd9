package dev.cloister.server.notification;

import dev.cloister.contract.api.NotificationMethodsResponse;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.notification.delivery.CodeDelivery;
import dev.cloister.server.notification.delivery.Delivery;
import dev.cloister.server.notification.delivery.DeliverySettings;
import dev.cloister.server.notification.delivery.InboxDelivery;
import dev.cloister.server.notification.delivery.MailSender;
import dev.cloister.server.notification.delivery.MailSettings;
import dev.cloister.server.notification.delivery.Renderer;
import dev.cloister.server.notification.delivery.Sender;
import dev.cloister.server.notification.delivery.WebhookSender;
import dev.cloister.server.notification.delivery.WebhookSettings;
import dev.cloister.server.notification.delivery.Wordings;
import dev.cloister.server.notification.webpush.WebPush;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.secret.SecretCipher;
import java.net.URI;
import java.time.Clock;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parts of this feature put together. */
public final class Notifications implements AutoCloseable {
    private final Notices notices;
    private final Delivery delivery;
    private final CodeDelivery codes;
    private final InboxRoutes inboxRoutes;
    private final NotificationSettingRoutes settingRoutes;
    private final OwnNotificationRoutes ownRoutes;
    private final PreferenceService preferences;
    private final Optional<WebPush> push;

    /**
     * What an operator decides.
     *
     * @param usual by which method people are told besides their inbox
     * @param mail empty where there is no mail server
     * @param webhook empty where there is none
     * @param push empty where browsers are not told
     * @param inbox whether inboxes are filled
     */
    public record Settings(
            Method usual,
            Optional<MailSettings> mail,
            Optional<WebhookSettings> webhook,
            Optional<WebPush.Settings> push,
            boolean inbox,
            DeliverySettings delivery) {
        /** Inboxes and nothing else. */
        public static final Settings INBOX_ONLY =
                new Settings(Method.SMTP, Optional.empty(), Optional.empty(), true, DeliverySettings.STANDARD);

        /** Without browsers. */
        public Settings(
                Method usual,
                Optional<MailSettings> mail,
                Optional<WebhookSettings> webhook,
                boolean inbox,
                DeliverySettings delivery) {
            this(usual, mail, webhook, Optional.empty(), inbox, delivery);
        }
    }

    /** @param home the address of this deployment, to which links lead */
    public Notifications(
            Transactions transactions,
            Authorizer authorizer,
            Events events,
            Pushes pushes,
            SecretCipher cipher,
            Settings settings,
            URI home,
            Clock clock) {
        var messages = new MessageRepository();
        var inboxes = new InboxRepository();
        var wordings = new Wordings();
        var renderer = new Renderer(wordings, home);
        this.push = settings.push().map(wanted -> new WebPush(transactions, authorizer, cipher, wanted, home, clock));
        Map<Method, Sender> senders = senders(settings, clock);
        push.ifPresent(browsers -> senders.put(Method.WEBPUSH, browsers.sender()));
        Set<Method> usable = usable(settings, senders);
        this.notices = new Notices(messages, settings.usual(), usable, clock);
        this.delivery = new Delivery(
                transactions,
                events,
                messages,
                renderer,
                new InboxDelivery(messages, inboxes, clock),
                senders,
                settings.delivery(),
                clock);
        this.codes = new CodeDelivery(transactions, messages, renderer, senders, settings.usual(), clock);
        this.inboxRoutes = new InboxRoutes(new InboxService(transactions, authorizer, inboxes, events, clock), pushes);
        this.settingRoutes = new NotificationSettingRoutes(
                new NotificationSettingService(transactions, authorizer, new NotificationSettingRepository()),
                wordings,
                methods(settings.usual(), usable));
        this.ownRoutes = new OwnNotificationRoutes(transactions, authorizer, notices);
        this.preferences = new PreferenceService(transactions, authorizer, new PreferenceRepository(), clock);
    }

    private static Map<Method, Sender> senders(Settings settings, Clock clock) {
        var senders = new EnumMap<Method, Sender>(Method.class);
        settings.mail().ifPresent(mail -> senders.put(Method.SMTP, new MailSender(mail, clock)));
        settings.webhook().ifPresent(webhook -> senders.put(Method.WEBHOOK, new WebhookSender(webhook, clock)));
        return senders;
    }

    private static Set<Method> usable(Settings settings, Map<Method, Sender> senders) {
        var usable = EnumSet.noneOf(Method.class);
        usable.addAll(senders.keySet());
        if (settings.inbox()) {
            usable.add(Method.INBOX);
        }
        return usable;
    }

    private static NotificationMethodsResponse methods(Method usual, Set<Method> usable) {
        return new NotificationMethodsResponse(
                usable.stream().filter(Method::isChosen).map(Method::wireName).toList(),
                usable.contains(usual) ? usual.wireName() : Method.INBOX.wireName());
    }

    /** @param people finds whom a path names */
    public void register(Routes routes, PeopleNames people) {
        inboxRoutes.register(routes);
        settingRoutes.register(routes);
        ownRoutes.register(routes);
        new PreferenceRoutes(preferences, people).register(routes);
        push.ifPresent(browsers -> browsers.register(routes, people));
    }

    /** What browsers subscribe for, empty where they are not told. */
    public String pushKey() {
        return push.map(WebPush::publicKey).orElse("");
    }

    /** For the features that have something to tell. */
    public Notices notices() {
        return notices;
    }

    /** For codes that reset passwords. */
    public CodeDelivery codes() {
        return codes;
    }

    /** Sends what is due now; for tests that do not wait. */
    public Delivery delivery() {
        return delivery;
    }

    /** Begins to send. */
    public void start() {
        delivery.start();
    }

    @Override
    public void close() {
        delivery.close();
        push.ifPresent(WebPush::close);
    }
}
