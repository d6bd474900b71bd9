package dev.cloister.server.testing;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.DeploymentRules;
import dev.cloister.server.access.Origin;
import dev.cloister.server.access.OwnershipRepository;
import dev.cloister.server.audit.AuditLines;
import dev.cloister.server.audit.AuditRepository;
import dev.cloister.server.audit.AuditRoutes;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.identity.EffectivePermissionRoutes;
import dev.cloister.server.identity.Identity;
import dev.cloister.server.identity.OneTimeCodes;
import dev.cloister.server.notification.Notifications;
import dev.cloister.server.organization.OrganizationResolver;
import dev.cloister.server.organization.Organizations;
import dev.cloister.server.personal.Personal;
import dev.cloister.server.platform.http.Authentication;
import dev.cloister.server.platform.http.Origins;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.RateLimits;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.http.WebServer;
import dev.cloister.server.role.RoleService;
import dev.cloister.server.secret.MasterKeys;
import dev.cloister.server.secret.SecretCipher;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;
import org.eclipse.jetty.server.Handler;
import tools.jackson.databind.JsonNode;

/**
 * The kernel, identity and organizations on a real HTTP server with a real database. A test adds the routes of its
 * feature. {@link #setUp} creates the owner "admin" and the default organization.
 */
public final class TestApi implements AutoCloseable {
    public static final String PASSWORD = "correct-horse-battery";

    /** Of settings that tests lean on. */
    public static final int DORMANT_AFTER_DAYS = 90;

    public final TestDatabase database;
    public final Transactions transactions;
    public final Authorizer authorizer = new Authorizer(new OwnershipRepository());
    public final SecretCipher cipher = new SecretCipher(MasterKeys.random());
    public final Routes routes = new Routes();
    public final Identity identity;
    public final Personal personal;
    /** The codes that were sent, by e-mail address. */
    public final BlockingQueue<Map.Entry<String, Secret>> sentCodes = new LinkedBlockingQueue<>();

    public final OrganizationResolver organizations;
    /** Sends nothing by itself: a test asks its delivery for a round. */
    public final Notifications notifications;

    private final Pushes pushes;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Handler> before = new ArrayList<>();
    private BiFunction<Secret, Origin, Optional<Caller.Agent>> agents = (token, origin) -> Optional.empty();
    private WebServer server;
    private String owner = "";
    private String organization = "";

    /** @param perMinute login attempts and requests a minute, 0 for no limit */
    public TestApi(Clock clock, long perMinute) {
        this(clock, perMinute, DeploymentRules.STANDARD, Notifications.Settings.INBOX_ONLY);
    }

    /** With ways to tell people things. */
    public TestApi(Clock clock, Notifications.Settings settings) {
        this(clock, 0, DeploymentRules.STANDARD, settings);
    }

    /** With what an operator takes from built-in roles. */
    public TestApi(DeploymentRules rules) {
        this(Clock.systemUTC(), 0, rules, Notifications.Settings.INBOX_ONLY);
    }

    private TestApi(Clock clock, long perMinute, DeploymentRules rules, Notifications.Settings settings) {
        this.database = TestDatabase.create();
        var audit = new AuditRepository();
        this.transactions = new Transactions(
                database.database(), audit, new AuditLines(), database.events().freshness(), clock);
        var roles = new RoleService(transactions, authorizer, clock);
        var tenants = new Organizations(transactions, authorizer, roles, rules, clock);
        var memberships = tenants.memberships();
        var organizationService = tenants.service();
        this.organizations = tenants.resolver();
        var codes = new OneTimeCodes() {
            @Override
            public boolean canDeliver() {
                return true;
            }

            @Override
            public void deliver(Recipient recipient, Secret code, Instant expires) {
                sentCodes.add(Map.entry(recipient.email(), code));
            }
        };
        this.pushes = new Pushes(database.events());
        this.notifications = new Notifications(
                transactions,
                authorizer,
                database.events(),
                pushes,
                cipher,
                settings,
                URI.create("https://cloister.example.com"),
                clock);
        this.identity = Identity.create(
                transactions,
                authorizer,
                memberships,
                organizationService,
                organizations,
                new RateLimits(0),
                codes,
                database.events().freshness(),
                notifications.notices(),
                new Identity.Settings(
                        Duration.ofHours(24),
                        Duration.ofDays(7),
                        Duration.ofDays(365),
                        Duration.ofDays(14),
                        Duration.ofDays(7),
                        DORMANT_AFTER_DAYS,
                        perMinute,
                        false,
                        Secret.of("the-set-up-token-of-tests"),
                        false,
                        (administrator, created) -> organization = created.toString(),
                        rules),
                clock);
        identity.register(routes);
        notifications.register(
                routes, request -> identity.people().named(request).value());
        tenants.register(
                routes,
                (tx, caller, name) -> identity.users().resolve(tx, caller, name).value());
        new EffectivePermissionRoutes(transactions, authorizer, identity.users(), rules).register(routes);
        this.personal = new Personal(transactions, authorizer, identity.people(), cipher, clock);
        personal.register(routes);
        new AuditRoutes(transactions, authorizer, audit).register(routes);
    }

    public TestApi() {
        this(Clock.systemUTC(), 0);
    }

    /** Says how agents' tokens are found out. */
    public TestApi agents(BiFunction<Secret, Origin, Optional<Caller.Agent>> lookup) {
        this.agents = lookup;
        return this;
    }

    /** Adds a handler that is asked before the routes. */
    public TestApi before(Handler handler) {
        before.add(handler);
        return this;
    }

    /** Starts listening and creates the first administrator. */
    public TestApi setUp() {
        listen();
        var created = send(
                "POST",
                "/api/v2/users/first",
                "",
                Map.of("username", "admin", "email", "admin@example.com", "password", PASSWORD));
        if (created.statusCode() != 201) {
            throw new IllegalStateException(created.body());
        }
        owner = login("admin@example.com");
        return this;
    }

    /** Starts listening without anybody. */
    public TestApi listen() {
        var authentication = new Authentication() {
            @Override
            public Optional<Caller.User> user(Secret token, Origin origin) {
                return identity.sessions().authenticate(token, origin);
            }

            @Override
            public Optional<Caller.Agent> agent(Secret token, Origin origin) {
                return agents.apply(token, origin);
            }
        };
        var handlers = new ArrayList<>(before);
        handlers.add(WebServer.routes(routes, authentication, new Origins(List.of(), List.of()), new RateLimits(0)));
        server = new WebServer(
                Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), Optional.empty(), handlers);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** The base address. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.ports().getFirst());
    }

    /** The owner's session token. */
    public String owner() {
        return owner;
    }

    /** The default organization. */
    public String organization() {
        return organization;
    }

    /** Signs in with {@link #PASSWORD}. */
    public String login(String email) {
        return json(send("POST", "/api/v2/users/login", "", Map.of("email", email, "password", PASSWORD)))
                .get("session_token")
                .asString();
    }

    /** Creates a member of the default organization and signs in; returns the session token. */
    public String person(String username) {
        var created = send(
                "POST",
                "/api/v2/users",
                owner,
                Map.of(
                        "username",
                        username,
                        "email",
                        username + "@example.com",
                        "password",
                        PASSWORD,
                        "organization_ids",
                        List.of(organization)));
        if (created.statusCode() != 201) {
            throw new IllegalStateException(created.body());
        }
        return login(username + "@example.com");
    }

    /** A person who belongs to another organization only; returns the session token. */
    public String outsider(String username) {
        String token = person(username);
        UUID other = UUID.randomUUID();
        database.execute("INSERT INTO organizations (id, name, created_at, updated_at) VALUES ('" + other + "', 'org-"
                + username + "', now(), now())");
        database.execute("UPDATE organization_members SET organization_id = '" + other
                + "' WHERE user_id = (SELECT id FROM users WHERE username = '" + username + "')");
        return token;
    }

    /** Sends a request; an empty token sends none, a null body none. */
    public HttpResponse<String> send(String method, String path, String token, Object body) {
        var request = HttpRequest.newBuilder(url().resolve(path)).timeout(Duration.ofSeconds(30));
        if (!token.isEmpty()) {
            request.header("Coder-Session-Token", token);
        }
        request.method(
                method,
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(
                                body instanceof String text
                                        ? text
                                        : ApiJson.mapper().writeValueAsString(body)));
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> get(String path, String token) {
        return send("GET", path, token, null);
    }

    public static JsonNode json(HttpResponse<String> response) {
        return ApiJson.mapper().readTree(response.body());
    }

    @Override
    public void close() {
        client.close();
        if (server != null) {
            server.close();
        }
        pushes.close();
        database.close();
    }
}
