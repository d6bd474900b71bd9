package dev.cloister.server.platform.config;

import static dev.cloister.server.platform.config.Setting.Kind.ADDRESS;
import static dev.cloister.server.platform.config.Setting.Kind.DURATION;
import static dev.cloister.server.platform.config.Setting.Kind.LIST;
import static dev.cloister.server.platform.config.Setting.Kind.NUMBER;
import static dev.cloister.server.platform.config.Setting.Kind.PATH;
import static dev.cloister.server.platform.config.Setting.Kind.PROCESSORS;
import static dev.cloister.server.platform.config.Setting.Kind.SIZE;
import static dev.cloister.server.platform.config.Setting.Kind.SWITCH;
import static dev.cloister.server.platform.config.Setting.Kind.TEXT;
import static dev.cloister.server.platform.config.Setting.Kind.URL;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting of the server. The operator's page {@code docs/settings.md} is checked against this list. */
final class Declarations {
    private static final List<Setting> GENERAL = List.of(
            Setting.of("config", PATH, "", "A YAML file with settings; its keys are the names of flags."),
            Setting.of(
                    "http-address", ADDRESS, "127.0.0.1:3000", "Where to listen without TLS; \"off\" for not at all."),
            Setting.of("tls-address", ADDRESS, "off", "Where to listen with TLS; needs a certificate and a key."),
            Setting.of("tls-cert-file", PATH, "", "The certificate chain, PEM."),
            Setting.of("tls-key-file", PATH, "", "The certificate's key, PEM, PKCS #8, not encrypted."),
            Setting.of(
                    "access-url",
                    URL,
                    "",
                    "The address that people and agents use, such as https://cloister.example.com. Default: where the "
                            + "server listens."),
            Setting.of(
                    "wildcard-access-url",
                    TEXT,
                    "",
                    "The host names of apps, such as *.apps.example.com; needs access-url. Empty: apps cannot be opened "
                            + "on host names of their own."),
            Setting.of(
                    "relay-url",
                    URL,
                    "",
                    "The address by which the other servers on the same database reach this one and no other, such as "
                            + "https://10.0.0.5:3443: for people whose workspace is connected to another server than "
                            + "they are. Empty: those are told to try again."),
            Setting.of(
                    "data-dir",
                    PATH,
                    "",
                    "What the server keeps: database, homes. Default: /var/lib/cloister for root, else "
                            + "$XDG_DATA_HOME/cloister or ~/.local/share/cloister."),
            Setting.of(
                    "postgres-url",
                    URL,
                    "",
                    "An external PostgreSQL, as postgres://USER@HOST:PORT/DATABASE. Default: the embedded one. Hosts "
                            + "other than this machine are reached with TLS and a verified certificate."),
            Setting.secret("postgres-password", "The password for postgres-url."),
            Setting.of("postgres-password-file", PATH, "", "A file that holds the password for postgres-url."),
            Setting.of(
                    "postgres-root-cert",
                    PATH,
                    "",
                    "The certificate authority of postgres-url, PEM. Default: those that Java trusts."),
            Setting.of("postgres-connections", NUMBER, "40", "The largest number of connections to PostgreSQL."),
            Setting.of(
                    "postgres-account",
                    TEXT,
                    "cloister-postgres",
                    "The unprivileged account that the embedded PostgreSQL runs as when the server runs as root; made "
                            + "when missing."),
            Setting.of(
                    "enable-path-apps",
                    SWITCH,
                    "false",
                    "Serve apps on paths of the platform's own host too, in a browser sandbox. Weaker than host names "
                            + "of their own."),
            Setting.of("ssh-hostname-suffix", TEXT, "cloister", "What follows a workspace's name in ssh NAME.SUFFIX."),
            Setting.of(
                    "proxy-trusted-origins",
                    LIST,
                    "",
                    "Addresses of reverse proxies whose X-Forwarded-For is believed, separated by commas."),
            Setting.of(
                    "secure-auth-cookie",
                    SWITCH,
                    "false",
                    "Cookies only over HTTPS, where a proxy in front of the server does the TLS."),
            Setting.of(
                    "disable-owner-workspace-access",
                    SWITCH,
                    "false",
                    "Owners administer other people's workspaces, but cannot open terminals, SSH or apps in them."),
            Setting.of(
                    "disable-workspace-sharing",
                    SWITCH,
                    "false",
                    "Nobody can share workspaces, and what was shared before does not count."),
            Setting.of("session-duration", DURATION, "24h", "How long an unused session lives."),
            Setting.of("max-session-lifetime", DURATION, "168h", "How long any session lives."),
            Setting.of("max-token-lifetime", DURATION, "8760h", "The longest life that a token can be given."),
            Setting.of(
                    "max-admin-token-lifetime",
                    DURATION,
                    "168h",
                    "The longest life of a token of an owner, who may do everything."),
            Setting.of("default-token-lifetime", DURATION, "168h", "How long a token lives that nobody gave a life."),
            Setting.of(
                    "user-dormancy-days",
                    NUMBER,
                    "90",
                    "After how many days without activity an account is dormant, until its next use; 0 for never."),
            Setting.secret(
                    "master-key",
                    "The keys that encrypt secrets in the database, 32 bytes in Base64 each, separated by commas; the "
                            + "first encrypts, all decrypt."),
            Setting.of(
                    "master-key-file",
                    PATH,
                    "",
                    "A file with such keys, one a line. Default: master.key in the data directory, made at the first "
                            + "start."),
            Setting.of(
                    "external-auth-file",
                    PATH,
                    "",
                    "A YAML file with the providers (GitHub, GitLab and others) that people can link their accounts "
                            + "with."),
            Setting.of(
                    "audit-witnesses",
                    LIST,
                    "",
                    "The public keys of witnesses of the audit log, as `cloister audit witness` prints them, separated by "
                            + "commas. Their cosignatures are kept and are part of every proof."),
            Setting.of(
                    "api-rate-limit",
                    NUMBER,
                    "512",
                    "Requests a minute of one person, or of one address without a session, to one operation; 0 for no "
                            + "limit."),
            Setting.of(
                    "login-rate-limit", NUMBER, "60", "Attempts to sign in a minute of one address; 0 for no limit."),
            Setting.of(
                    "prometheus-enable", SWITCH, "false", "Serve metrics for Prometheus, on an address of their own."),
            Setting.of(
                    "prometheus-address",
                    ADDRESS,
                    "127.0.0.1:2112",
                    "Where metrics are served. Whoever reaches it may read them: keep it inside."),
            Setting.of("template-upload-max-bytes", NUMBER, "10485760", "The largest template archive."),
            Setting.of(
                    "quiet-hours-default-schedule",
                    TEXT,
                    "CRON_TZ=UTC 0 0 * * *",
                    "When workspaces of people who chose no quiet hours may be stopped because their template requires "
                            + "it: one minute and one hour of every day."),
            Setting.of("allow-custom-quiet-hours", SWITCH, "true", "Whether people may choose quiet hours."),
            Setting.of("provisioner-daemons", NUMBER, "3", "How many builds run at once."),
            Setting.of(
                    "sandbox-images-dir",
                    PATH,
                    "",
                    "A directory of root file systems that templates may name. Default: images in the data directory."),
            Setting.of(
                    "sandbox-private-networks",
                    LIST,
                    "",
                    "Networks (CIDR) of private addresses that egress lists may open, separated by commas."),
            Setting.of("sandbox-stop-grace", DURATION, "30s", "How long shutdown scripts may take."),
            Setting.of(
                    "sandbox-first-uid",
                    NUMBER,
                    "1900000000",
                    "The first of the 100,000,000 user ids that workspaces get when the server runs as root; nothing "
                            + "else on the machine may use them."),
            Setting.of(
                    "sandbox-default-cpu", PROCESSORS, "2", "Processors of a workspace whose template does not say."),
            Setting.of("sandbox-default-memory", SIZE, "4GiB", "Memory of a workspace whose template does not say."),
            Setting.of(
                    "sandbox-default-disk",
                    SIZE,
                    "10GiB",
                    "Size of the home of a workspace whose template does not say."),
            Setting.of(
                    "sandbox-default-processes",
                    NUMBER,
                    "2048",
                    "Processes and threads of a workspace whose template does not say."),
            Setting.of("sandbox-max-cpu", PROCESSORS, "64", "The most processors that a template may ask for."),
            Setting.of("sandbox-max-memory", SIZE, "256GiB", "The most memory that a template may ask for."),
            Setting.of("sandbox-max-disk", SIZE, "1TiB", "The largest home that a template may ask for."),
            Setting.of(
                    "sandbox-max-processes",
                    NUMBER,
                    "32768",
                    "The most processes and threads that a template may ask for."),
            Setting.of(
                    "terraform-program",
                    PATH,
                    "",
                    "The terraform or tofu that runs templates of *.tf files. Default: the one on the search path."),
            Setting.of(
                    "terraform-account",
                    TEXT,
                    "",
                    "The account that Terraform runs as. Default: one of its own for each workspace, which takes a server "
                            + "that runs as root. Otherwise Terraform templates are off until this names the server's own "
                            + "account: their authors can then read whatever the server can."),
            Setting.of(
                    "terraform-environment",
                    LIST,
                    "HTTP_PROXY,HTTPS_PROXY,NO_PROXY,SSL_CERT_FILE,TF_CLI_CONFIG_FILE,TF_PLUGIN_CACHE_DIR",
                    "The variables of the server's environment that Terraform gets, separated by commas. Whatever they "
                            + "hold, authors of templates can read."),
            Setting.of("terraform-max-disk", SIZE, "4GiB", "What a run of Terraform may write into its directory."));

    private static final List<Setting> LAST = List.of(
            Setting.of("log-format", TEXT, "human", "Form of the server's log: human or json."),
            Setting.of("log-level", TEXT, "info", "error, warn, info or debug."),
            Setting.of("print-settings", SWITCH, "false", "Show every setting with its value and source, then end."));

    static final List<Setting> ALL = Stream.of(GENERAL, NotificationDeclarations.ALL, LAST)
            .flatMap(List::stream)
            .toList();

    private Declarations() {}

    static Optional<Setting> byName(String name) {
        return ALL.stream().filter(setting -> setting.name().equals(name)).findFirst();
    }

    static Optional<Setting> byVariable(String variable) {
        return ALL.stream()
                .filter(setting -> setting.variable().equals(variable))
                .findFirst();
    }
}
