package dev.cloister.server.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.Secret;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.notification.delivery.DeliverySettings;
import dev.cloister.server.notification.delivery.MailSettings;
import dev.cloister.server.notification.delivery.MailSettings.Protection;
import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestClock;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** Mail, to a real SMTP server with STARTTLS and a sign-in. */
class MailTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    private final TestClock clock = new TestClock();
    private final List<byte[]> mails = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private SMTPServer server;
    private TestApi api;

    @BeforeAll
    static void makeCertificate() throws Exception {
        run(
                "-genkeypair",
                "-alias",
                "mail",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                store().toString(),
                "-storepass",
                PASSWORD,
                "-storetype",
                "PKCS12");
        run(
                "-exportcert",
                "-rfc",
                "-alias",
                "mail",
                "-keystore",
                store().toString(),
                "-storepass",
                PASSWORD,
                "-file",
                authority().toString());
    }

    private static void run(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static Path store() {
        return directory.resolve("mail.p12");
    }

    private static Path authority() {
        return directory.resolve("mail.pem");
    }

    private static SSLContext tls() throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private SMTPServer.Builder smtp() {
        return new SMTPServer.Builder()
                .bindAddress(InetAddress.getLoopbackAddress())
                .port(0)
                .insertReceivedHeaders(false)
                .messageHandler((context, from, to, data) -> mails.add(data));
    }

    private void start(SMTPServer.Builder builder, Protection protection, MailSettings.Trust trust, boolean login) {
        server = builder.build();
        server.start();
        var mail = new MailSettings(
                "Cloister <cloister@example.com>",
                "localhost",
                server.getPortAllocated(),
                "cloister.example.com",
                protection,
                login
                        ? Optional.of(new MailSettings.Login("", "sender", Secret.of("mail-password")))
                        : Optional.empty(),
                trust,
                Duration.ofSeconds(20));
        api = new TestApi(
                        clock,
                        new Notifications.Settings(
                                Method.SMTP, Optional.of(mail), Optional.empty(), true, DeliverySettings.STANDARD))
                .setUp();
    }

    private static MailSettings.Trust trusting() {
        return new MailSettings.Trust("", false, Optional.of(authority()), Optional.empty(), Optional.empty());
    }

    @AfterEach
    void stop() {
        api.close();
        server.stop();
    }

    private void deliver() throws InterruptedException {
        while (api.notifications.delivery().round() > 0) {}
    }

    private void test() throws InterruptedException {
        api.send("POST", "/api/v2/notifications/test", api.owner(), null);
        deliver();
    }

    private MimeMessage mail(int number) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mails.get(number)));
    }

    private static String part(MimeMessage mail, int number) throws Exception {
        return (String) ((Multipart) mail.getContent()).getBodyPart(number).getContent();
    }

    private String status() {
        return api.database.look("SELECT coalesce(string_agg(status || ' ' || attempts, ', '), '')"
                + " FROM notification_messages WHERE method = 'smtp'");
    }

    @Test
    void mailGoesOverTlsWithASignIn() throws Exception {
        start(
                smtp().requireTLS()
                        .startTlsSocketFactory(tls())
                        .requireAuth()
                        .authenticationHandlerFactory(
                                new EasyAuthenticationHandlerFactory((user, password, context) -> {
                                    logins.add(user);
                                    if (!password.equals("mail-password")) {
                                        throw new LoginFailedException();
                                    }
                                })),
                Protection.STARTTLS,
                trusting(),
                true);
        test();
        assertThat(status()).isEqualTo("sent 1");
        assertThat(logins).containsExactly("sender");
        MimeMessage mail = mail(0);
        assertThat(mail.getSubject()).isEqualTo("Notifications work");
        assertThat(mail.getFrom()[0].toString()).isEqualTo("Cloister <cloister@example.com>");
        assertThat(mail.getAllRecipients()[0].toString()).contains("admin@example.com");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(part(mail, 0)).contains("Hello admin,").contains("https://cloister.example.com/deployment");
        assertThat(part(mail, 1)).contains("<strong>admin</strong>");
    }

    @Test
    void aServerWithoutTlsGetsNothing() throws InterruptedException {
        start(smtp(), Protection.STARTTLS, trusting(), false);
        test();
        assertThat(mails).isEmpty();
        assertThat(status()).isEqualTo("waiting 1");
    }

    @Test
    void aServerWhoseCertificateIsNotBelievedGetsNothing() throws Exception {
        start(smtp().enableTLS().startTlsSocketFactory(tls()), Protection.STARTTLS, MailSettings.Trust.STANDARD, false);
        test();
        assertThat(mails).isEmpty();
        assertThat(status()).isEqualTo("waiting 1");
    }

    @Test
    void aServerByAnotherNameGetsNothing() throws Exception {
        var trust = new MailSettings.Trust(
                "mail.example.com", false, Optional.of(authority()), Optional.empty(), Optional.empty());
        start(smtp().enableTLS().startTlsSocketFactory(tls()), Protection.STARTTLS, trust, false);
        test();
        assertThat(mails).isEmpty();
    }

    @Test
    void tlsFromTheFirstByteIsSpokenWhereItIsAskedFor() throws Exception {
        start(smtp().serverSocketFactory(tls()), Protection.TLS, trusting(), false);
        test();
        assertThat(status()).isEqualTo("sent 1");
    }

    @Test
    void aServerThatIsDownGetsTheMailWhenItIsUp() throws Exception {
        start(smtp(), Protection.NONE, MailSettings.Trust.STANDARD, false);
        int port = server.getPortAllocated();
        server.stop();
        test();
        assertThat(status()).isEqualTo("waiting 1");
        server = smtp().port(port).build();
        server.start();
        clock.advance(Duration.ofMinutes(6));
        deliver();
        assertThat(status()).isEqualTo("sent 2");
        assertThat(mails).hasSize(1);
    }

    @Test
    void hostileNamesChangeNeitherHeadersNorMarkup() throws Exception {
        start(smtp(), Protection.NONE, MailSettings.Trust.STANDARD, false);
        api.database.execute("UPDATE users SET name = E'Eve\\r\\nBcc: victim@example.com\\r\\n\\r\\nX' WHERE"
                + " username = 'admin'");
        var notice = Notice.of(Occasion.TEMPLATE_DELETED, "eve\r\nBcc: victim@example.com")
                .with("initiator", "<img src=x onerror=alert(1)> [click](javascript:alert(1)) {{recipient}}")
                .with("template", "a\r\nBcc: victim@example.com\r\n\u202Eb");
        UUID admin = UUID.fromString(api.database.look("SELECT id FROM users WHERE username = 'admin'"));
        api.transactions.change(new Caller.Job("test", Set.of(), Origin.internal()), tx -> {
            api.notifications.notices().post(tx, Audience.person(admin), notice);
            return Changed.unaudited(true, Unaudited.NOTIFICATION_DELIVERY);
        });
        deliver();
        assertThat(mails).hasSize(1);
        MimeMessage mail = mail(0);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getSubject()).isEqualTo("Template \"a Bcc: victim@example.com b\" was deleted");
        assertThat(part(mail, 1))
                .doesNotContain("<img")
                .doesNotContain("href=\"javascript")
                .contains("{{recipient}}");
        assertThat(api.database.look("SELECT content FROM inbox_notifications")).doesNotContain("[click](");
    }

    @Test
    void aCodeForANewPasswordComesByMailAndIsStoredNowhere() throws Exception {
        start(smtp(), Protection.NONE, MailSettings.Trust.STANDARD, false);
        assertThat(api.notifications.codes().canDeliver()).isTrue();
        api.notifications
                .codes()
                .deliver(
                        new Message.Recipient(UUID.randomUUID(), "ann", "Ann", "ann@example.com"),
                        Secret.of("Kx_7-secret-code"),
                        Instant.now().plusSeconds(1200));
        assertThat(mails).hasSize(1);
        assertThat(part(mail(0), 0)).contains("Kx_7-secret-code");
        assertThat(api.database.look("SELECT count(*) FROM notification_messages WHERE labels::text LIKE '%code%'"))
                .isEqualTo("0");
        api.send("PUT", "/api/v2/notifications/settings", api.owner(), Map.of("notifier_paused", true));
        assertThat(api.notifications.codes().canDeliver()).isFalse();
    }
}
