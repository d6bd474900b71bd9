package dev.cloister.server.notification.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.server.notification.Message;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.time.Clock;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Sends messages by mail, one connection each. */
public final class MailSender implements Sender {
    private final MailSettings settings;
    private final InternetAddress from;
    private final Session session;
    private final Clock clock;

    /** Fails where the sender's address or the certificates cannot be used. */
    public MailSender(MailSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        try {
            this.from = address(settings.from());
        } catch (AddressException e) {
            throw new IllegalArgumentException("email-from is not an address: " + e.getMessage(), e);
        }
        this.session = Session.getInstance(properties(settings), authenticator(settings));
    }

    /** An address as people write it: with a name, or without. */
    private static InternetAddress address(String text) throws AddressException {
        var address = new InternetAddress(text, true);
        address.validate();
        return address;
    }

    private static Properties properties(MailSettings settings) {
        var properties = new Properties();
        String timeout = Long.toString(settings.timeout().toMillis() / 2);
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", settings.host());
        properties.put("mail.smtp.port", Integer.toString(settings.port()));
        properties.put("mail.smtp.localhost", settings.hello());
        properties.put("mail.smtp.connectiontimeout", timeout);
        properties.put("mail.smtp.timeout", timeout);
        properties.put("mail.smtp.writetimeout", timeout);
        properties.put("mail.smtp.from", envelope(settings));
        properties.put("mail.smtp.allow8bitmime", "true");
        if (settings.protection() != MailSettings.Protection.NONE) {
            boolean atOnce = settings.protection() == MailSettings.Protection.TLS;
            properties.put(atOnce ? "mail.smtp.ssl.enable" : "mail.smtp.starttls.enable", "true");
            properties.put("mail.smtp.starttls.required", Boolean.toString(!atOnce));
            properties.put("mail.smtp.ssl.socketFactory", MailTls.factory(settings.trust(), settings.host()));
            properties.put("mail.smtp.ssl.socketFactory.fallback", "false");
            // The factory has the JDK check the name; a second check would know nothing of another name.
            properties.put("mail.smtp.ssl.checkserveridentity", "false");
        }
        settings.login().ifPresent(login -> {
            properties.put("mail.smtp.auth", "true");
            properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
            if (!login.identity().isEmpty()) {
                properties.put("mail.smtp.sasl.authorizationid", login.identity());
            }
        });
        return properties;
    }

    private static String envelope(MailSettings settings) {
        try {
            return address(settings.from()).getAddress();
        } catch (AddressException e) {
            throw new IllegalArgumentException("email-from is not an address", e);
        }
    }

    private static @Nullable Authenticator authenticator(MailSettings settings) {
        return settings.login()
                .map(login -> new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication(
                                login.username(), login.password().reveal());
                    }
                })
                .orElse(null);
    }

    @Override
    public void send(Message message, Rendered words) throws DeliveryException {
        MimeMessage mail;
        try {
            mail = mail(message, words);
        } catch (MessagingException | UnsupportedEncodingException e) {
            throw DeliveryException.lasting("no mail can be made of it: " + e.getMessage());
        }
        try {
            Transport.send(mail);
        } catch (MessagingException e) {
            throw refused(e);
        }
    }

    private MimeMessage mail(Message message, Rendered words) throws MessagingException, UnsupportedEncodingException {
        var recipient = message.recipient();
        var to = new InternetAddress(recipient.email(), recipient.address(), UTF_8.name());
        to.validate();
        var mail = new NumberedMail(session, message.id() + "@" + settings.hello());
        mail.setFrom(from);
        mail.setRecipient(jakarta.mail.Message.RecipientType.TO, to);
        mail.setSubject(words.title(), UTF_8.name());
        mail.setSentDate(Date.from(clock.instant()));
        // Nobody's holiday notice answers to this (RFC 3834).
        mail.setHeader("Auto-Submitted", "auto-generated");
        var plain = new MimeBodyPart();
        plain.setText(MailPage.text(message, words), UTF_8.name());
        var html = new MimeBodyPart();
        html.setText(MailPage.html(message, words), UTF_8.name(), "html");
        mail.setContent(new MimeMultipart("alternative", plain, html));
        return mail;
    }

    /** What the server refuses for good (RFC 5321, 4.2.1) is not tried again. */
    private static DeliveryException refused(MessagingException e) {
        for (Exception at = e; at instanceof MessagingException messaging; at = messaging.getNextException()) {
            int code = switch (at) {
                case SMTPAddressFailedException address -> address.getReturnCode();
                case SMTPSenderFailedException sender -> sender.getReturnCode();
                case SMTPSendFailedException send -> send.getReturnCode();
                default -> 0;
            };
            if (code >= 500) {
                return DeliveryException.lasting("the mail server refused it: " + at.getMessage());
            }
        }
        return DeliveryException.passing(
                (e instanceof SendFailedException ? "the mail server refused it: " : "no mail could be sent: ")
                        + e.getMessage());
    }

    /** Keeps one Message-ID through all attempts, by which mailboxes may know a message that comes twice. */
    private static final class NumberedMail extends MimeMessage {
        private final String number;

        NumberedMail(Session session, String number) {
            super(session);
            this.number = number;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + number + ">");
        }
    }
}
