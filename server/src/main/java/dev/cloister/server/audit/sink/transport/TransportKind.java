package dev.cloister.server.audit.sink.transport;

import static dev.cloister.server.audit.sink.transport.SettingField.address;
import static dev.cloister.server.audit.sink.transport.SettingField.certificates;
import static dev.cloister.server.audit.sink.transport.SettingField.flag;
import static dev.cloister.server.audit.sink.transport.SettingField.host;
import static dev.cloister.server.audit.sink.transport.SettingField.number;
import static dev.cloister.server.audit.sink.transport.SettingField.oneOf;
import static dev.cloister.server.audit.sink.transport.SettingField.place;
import static dev.cloister.server.audit.sink.transport.SettingField.secret;
import static dev.cloister.server.audit.sink.transport.SettingField.secretAddress;
import static dev.cloister.server.audit.sink.transport.SettingField.text;

import dev.cloister.server.platform.config.OutgoingAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The ways out, with the settings that each takes. */
public enum TransportKind {
    FILE(FileTransport::new, number("rotate_mib", 1, 4096)),
    WEBHOOK(
            WebhookTransport::new,
            address("url").needed(),
            secret("signing_secret"),
            secret("authorization"),
            certificates()),
    SPLUNK(
            SplunkTransport::new,
            address("url").needed(),
            secret("token").needed(),
            flag("acknowledgement"),
            text("index"),
            text("sourcetype"),
            certificates()),
    ELASTIC(
            ElasticTransport::new,
            address("url").needed(),
            text("index"),
            text("username"),
            secret("password"),
            secret("api_key"),
            certificates()),
    DATADOG(
            DatadogTransport::new,
            address("url"),
            secret("api_key").needed(),
            text("service"),
            text("tags"),
            certificates()),
    SUMO(SumoTransport::new, secretAddress("url"), text("category"), certificates()),
    SYSLOG(
            SyslogTransport::new,
            host("host"),
            number("port", 1, 65535),
            flag("tls"),
            number("longest_message", 2048, 1 << 20),
            certificates()),
    S3(
            ObjectLockTransport::new,
            address("endpoint"),
            place("bucket", "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]").needed(),
            place("region", "[a-z0-9-]{1,32}"),
            place("prefix", "([A-Za-z0-9_.-]{1,64}/){0,8}"),
            text("access_key_id").needed(),
            secret("secret_access_key").needed(),
            oneOf("mode", List.of("COMPLIANCE", "GOVERNANCE")),
            number("retain_days", 1, 36_500).needed(),
            number("linger_seconds", 0, 3600),
            certificates());

    private final Function<Opening, Transport> opener;
    private final List<SettingField> fields;
    private final String wireName = name().toLowerCase(Locale.ROOT);

    TransportKind(Function<Opening, Transport> opener, SettingField... fields) {
        this.opener = opener;
        this.fields = List.of(fields);
    }

    /** The name in settings. */
    public String wireName() {
        return wireName;
    }

    public List<SettingField> fields() {
        return fields;
    }

    /** The kind of a name, empty for a name that is none. */
    public static Optional<TransportKind> parse(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst();
    }

    /** Whether lines must be JSON objects. */
    public boolean needsJson() {
        return this == ELASTIC;
    }

    /** What is wrong with settings that are good one by one, empty for nothing. */
    public Optional<String> problem(Map<String, String> settings) {
        boolean clear = this == SYSLOG && "false".equals(settings.get("tls"));
        return clear && !OutgoingAddress.isThisMachine(settings.getOrDefault("host", ""))
                ? Optional.of("tls can be false only where the host is this machine.")
                : Optional.empty();
    }

    /** Opens the way; nothing is sent yet. */
    public Transport open(Opening opening) {
        return opener.apply(opening);
    }
}
