package dev.cloister.server.platform.config;

import dev.cloister.contract.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The settings of mail and notifications. Neither a password nor what is told crosses a network in the clear unasked. */
final class NotificationForm {
    private static final List<String> ONLY_WITH_MAIL = List.of(
            "email-from",
            "email-force-tls",
            "email-auth-identity",
            "email-auth-username",
            "email-auth-password",
            "email-auth-password-file",
            "email-tls-servername",
            "email-tls-skipverify",
            "email-tls-cacertfile",
            "email-tls-certfile",
            "email-tls-certkeyfile");

    private final Forms forms;

    NotificationForm(Forms forms) {
        this.forms = forms;
    }

    NotificationSettings read() {
        var email = email();
        var webhook = webhook();
        var method = forms.oneOf("notifications-method", List.of("smtp", "webhook"));
        if (method.equals("webhook") && webhook.isEmpty()) {
            forms.problem("notifications-method webhook needs notifications-webhook-endpoint.");
        }
        return new NotificationSettings(
                method, email, webhook, push(), forms.flag("notifications-inbox-enabled"), pace());
    }

    private Optional<NotificationSettings.Push> push() {
        var networks = forms.networks("notifications-webpush-private-networks");
        return forms.flag("notifications-webpush-enabled")
                ? Optional.of(new NotificationSettings.Push(networks))
                : Optional.empty();
    }

    private NotificationSettings.Pace pace() {
        var pace = new NotificationSettings.Pace(
                forms.number("notifications-max-send-attempts", 1, 100),
                forms.duration("notifications-retry-interval"),
                forms.duration("notifications-lease-period"),
                forms.number("notifications-lease-count", 1, 1000),
                forms.duration("notifications-fetch-interval"),
                forms.duration("notifications-dispatch-timeout"));
        if (pace.leasePeriod().compareTo(pace.dispatchTimeout()) <= 0) {
            forms.problem("notifications-lease-period must be longer than notifications-dispatch-timeout: else two"
                    + " servers could send the same.");
        }
        return pace;
    }

    private Optional<NotificationSettings.Email> email() {
        var login = login();
        var tls = tls();
        var smarthost = forms.text("email-smarthost");
        if (smarthost.isEmpty()) {
            for (var name : ONLY_WITH_MAIL) {
                if (forms.isGiven(name)) {
                    forms.problem(name + " means nothing without email-smarthost.");
                }
            }
            return Optional.empty();
        }
        var host = smarthost.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT);
        var port = smarthost.substring(smarthost.lastIndexOf(':') + 1);
        boolean good = (Forms.isHostName(host) || isLiteral(host))
                && port.matches("\\d{1,5}")
                && Integer.parseInt(port) <= 65535;
        if (!good) {
            forms.problem("email-smarthost must be like mail.example.com:587.");
            return Optional.empty();
        }
        boolean forced = forms.flag("email-force-tls");
        if (login.isPresent() && !forced && !tls.startTls() && !Forms.isThisMachine(host)) {
            forms.problem("email-auth-password would cross the network in the clear: leave email-tls-starttls on, or"
                    + " set email-force-tls.");
        }
        return Optional.of(
                new NotificationSettings.Email(from(), host, Integer.parseInt(port), hello(), forced, login, tls));
    }

    private static boolean isLiteral(String host) {
        var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return Forms.literal(bare).isPresent();
    }

    /** Checked as an address where mail is made; here so far that a mistake is told before the start. */
    private String from() {
        var from = forms.text("email-from");
        if (!from.matches("[^\\p{Cntrl}<>@]*<?[^\\s<>@]+@[^\\s<>@]+>?")) {
            forms.problem("email-smarthost needs email-from, such as Cloister <cloister@example.com>.");
        }
        return from;
    }

    private String hello() {
        var hello = forms.text("email-hello").toLowerCase(Locale.ROOT);
        if (!Forms.isHostName(hello)) {
            forms.problem("email-hello must be a host name.");
        }
        return hello;
    }

    private Optional<NotificationSettings.Login> login() {
        var file = forms.file("email-auth-password-file");
        if (file.isPresent() && forms.isGiven("email-auth-password")) {
            forms.problem("Give either email-auth-password or email-auth-password-file, not both.");
        }
        var password = file.map(path -> forms.fileContent("email-auth-password-file", path))
                .orElseGet(() -> forms.text("email-auth-password"));
        var username = forms.text("email-auth-username");
        if (username.isEmpty() != password.isEmpty()) {
            forms.problem("email-auth-username and its password belong together.");
        }
        return username.isEmpty()
                ? Optional.empty()
                : Optional.of(new NotificationSettings.Login(
                        forms.text("email-auth-identity"), username, Secret.of(password)));
    }

    private NotificationSettings.EmailTls tls() {
        var name = forms.text("email-tls-servername").toLowerCase(Locale.ROOT);
        if (!name.isEmpty() && !Forms.isHostName(name)) {
            forms.problem("email-tls-servername must be a host name.");
        }
        var certificate = forms.file("email-tls-certfile");
        var key = forms.file("email-tls-certkeyfile");
        if (certificate.isPresent() != key.isPresent()) {
            forms.problem("email-tls-certfile and email-tls-certkeyfile belong together.");
        }
        return new NotificationSettings.EmailTls(
                forms.flag("email-tls-starttls"),
                name,
                forms.flag("email-tls-skipverify"),
                forms.file("email-tls-cacertfile"),
                certificate,
                key);
    }

    private Optional<NotificationSettings.Webhook> webhook() {
        var text = forms.text("notifications-webhook-endpoint");
        var secret = forms.text("notifications-webhook-secret");
        if (text.isEmpty()) {
            if (!secret.isEmpty()) {
                forms.problem("notifications-webhook-secret means nothing without notifications-webhook-endpoint.");
            }
            return Optional.empty();
        }
        var endpoint = OutgoingAddress.parse(text);
        if (endpoint.isPresent()) {
            return Optional.of(new NotificationSettings.Webhook(
                    endpoint.get(), secret.isEmpty() ? Optional.empty() : Optional.of(Secret.of(secret))));
        }
        forms.problem("notifications-webhook-endpoint " + OutgoingAddress.RULE);
        return Optional.empty();
    }
}
