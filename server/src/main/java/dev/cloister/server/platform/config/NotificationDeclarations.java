package dev.cloister.server.platform.config;

import static dev.cloister.server.platform.config.Setting.Kind.DURATION;
import static dev.cloister.server.platform.config.Setting.Kind.LIST;
import static dev.cloister.server.platform.config.Setting.Kind.NUMBER;
import static dev.cloister.server.platform.config.Setting.Kind.PATH;
import static dev.cloister.server.platform.config.Setting.Kind.SWITCH;
import static dev.cloister.server.platform.config.Setting.Kind.TEXT;
import static dev.cloister.server.platform.config.Setting.Kind.URL;

import java.util.List;

/** The settings of mail and notifications. */
final class NotificationDeclarations {
    static final List<Setting> ALL = List.of(
            Setting.of("email-from", TEXT, "", "The sender of mail, such as Cloister <cloister@example.com>."),
            Setting.of(
                    "email-smarthost",
                    TEXT,
                    "",
                    "The mail server that takes mail, as HOST:PORT. Empty: no mail is sent."),
            Setting.of("email-hello", TEXT, "localhost", "What the server calls itself to the mail server."),
            Setting.of(
                    "email-force-tls",
                    SWITCH,
                    "false",
                    "Speak TLS to the mail server from the first byte, as on port 465."),
            Setting.of("email-auth-identity", TEXT, "", "On whose behalf to sign in at the mail server."),
            Setting.of("email-auth-username", TEXT, "", "The username at the mail server. Empty: no sign-in."),
            Setting.secret("email-auth-password", "The password at the mail server."),
            Setting.of("email-auth-password-file", PATH, "", "A file that holds the password at the mail server."),
            Setting.of(
                    "email-tls-starttls",
                    SWITCH,
                    "true",
                    "Require STARTTLS of the mail server. With false and without email-force-tls mail goes in the "
                            + "clear."),
            Setting.of(
                    "email-tls-servername", TEXT, "", "The name in the mail server's certificate. Default: its host."),
            Setting.of(
                    "email-tls-skipverify",
                    SWITCH,
                    "false",
                    "Take any certificate of the mail server. Whoever is in between can read and change mail."),
            Setting.of(
                    "email-tls-cacertfile",
                    PATH,
                    "",
                    "The certificate authorities of the mail server, PEM. Default: those that Java trusts."),
            Setting.of("email-tls-certfile", PATH, "", "A certificate to show to the mail server, PEM."),
            Setting.of("email-tls-certkeyfile", PATH, "", "Its key, PEM, PKCS #8, not encrypted."),
            Setting.of(
                    "notifications-method",
                    TEXT,
                    "smtp",
                    "How people are told besides their inbox: smtp or webhook. Without a mail server or a webhook only "
                            + "inboxes are filled."),
            Setting.of(
                    "notifications-webhook-endpoint",
                    URL,
                    "",
                    "Where notifications are posted: an https address, or one on this machine. Empty: nowhere."),
            Setting.secret(
                    "notifications-webhook-secret",
                    "Signs what is posted, in the header X-Cloister-Signature, so that the receiver can tell it from "
                            + "what others post."),
            Setting.of("notifications-inbox-enabled", SWITCH, "true", "Whether people have an inbox."),
            Setting.of(
                    "notifications-webpush-enabled",
                    SWITCH,
                    "true",
                    "Whether people can have their browsers tell them, by the push services of the browsers' makers. What "
                            + "is told is encrypted for the browser."),
            Setting.of(
                    "notifications-webpush-private-networks",
                    LIST,
                    "",
                    "Networks (CIDR) of private addresses at which push services may be, separated by commas. With any, "
                            + "they may be at http addresses too."),
            Setting.of("notifications-max-send-attempts", NUMBER, "5", "How often sending a notification is tried."),
            Setting.of(
                    "notifications-retry-interval",
                    DURATION,
                    "5m",
                    "How long to wait before the second attempt; each later one waits twice as long."),
            Setting.of(
                    "notifications-lease-period",
                    DURATION,
                    "2m",
                    "How long a server keeps a notification that it sends; after that another one may. Longer than "
                            + "notifications-dispatch-timeout."),
            Setting.of("notifications-lease-count", NUMBER, "20", "How many notifications a server sends at once."),
            Setting.of(
                    "notifications-fetch-interval",
                    DURATION,
                    "15s",
                    "How often a server looks for notifications that are due."),
            Setting.of("notifications-dispatch-timeout", DURATION, "1m", "How long one attempt to send may take."));

    private NotificationDeclarations() {}
}
