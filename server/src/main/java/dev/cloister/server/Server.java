package dev.cloister.server;

import dev.cloister.contract.Secret;
import dev.cloister.provisioner.Engine;
import dev.cloister.provisioner.TemplateEngines;
import dev.cloister.provisioner.sandbox.SandboxEngine;
import dev.cloister.provisioner.terraform.AgentScripts;
import dev.cloister.provisioner.terraform.TerraformEngine;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.DeploymentRules;
import dev.cloister.server.access.Origin;
import dev.cloister.server.access.OwnershipRepository;
import dev.cloister.server.audit.AuditLines;
import dev.cloister.server.audit.AuditRepository;
import dev.cloister.server.audit.AuditRoutes;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.log.ProvableLog;
import dev.cloister.server.audit.sink.AuditSinks;
import dev.cloister.server.build.JobSettings;
import dev.cloister.server.build.Jobs;
import dev.cloister.server.build.ProvisionerRoutes;
import dev.cloister.server.connection.Connections;
import dev.cloister.server.connection.LiveConnections;
import dev.cloister.server.connection.agent.AgentImageRoutes;
import dev.cloister.server.connection.agent.AppHosts;
import dev.cloister.server.connection.app.Apps;
import dev.cloister.server.deployment.Deployment;
import dev.cloister.server.identity.EffectivePermissionRoutes;
import dev.cloister.server.identity.Identity;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.insight.InsightRoutes;
import dev.cloister.server.notification.Notifications;
import dev.cloister.server.notification.webpush.WebPush;
import dev.cloister.server.organization.OrganizationId;
import dev.cloister.server.organization.Organizations;
import dev.cloister.server.personal.Personal;
import dev.cloister.server.personal.external.ExternalAuthentication;
import dev.cloister.server.personal.external.Providers;
import dev.cloister.server.platform.config.ServerSettings;
import dev.cloister.server.platform.http.Authentication;
import dev.cloister.server.platform.http.DashboardHandler;
import dev.cloister.server.platform.http.MetricsHandler;
import dev.cloister.server.platform.http.Origins;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.RateLimits;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.http.WebServer;
import dev.cloister.server.platform.openapi.ApiDocumentRoutes;
import dev.cloister.server.platform.postgres.EmbeddedPostgresException;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Migrations;
import dev.cloister.server.platform.telemetry.Metrics;
import dev.cloister.server.role.RoleService;
import dev.cloister.server.secret.MasterKeyCheck;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.secret.SecretRotation;
import dev.cloister.server.template.Templates;
import dev.cloister.server.workspace.Workspaces;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root: every part made once, by its constructor, in the order of the arrows. */
final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final String VERSION = "0.1.0";

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<String> welcome = new ArrayList<>();
    private final Routes routes = new Routes();
    private URI url = URI.create("http://127.0.0.1");

    private Server() {}

    static Server start(ServerSettings settings, Installation installation, Consumer<String> say)
            throws EmbeddedPostgresException, IOException, InterruptedException {
        var server = new Server();
        try {
            server.assemble(settings, installation, say);
            return server;
        } catch (EmbeddedPostgresException | IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T closing(T part) {
        parts.push(part);
        return part;
    }

    private void assemble(ServerSettings settings, Installation installation, Consumer<String> say)
            throws EmbeddedPostgresException, IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        var addresses = Addresses.of(settings.listening());
        url = addresses.accessUrl();

        var store = closing(DatabaseStore.open(settings, say));
        Migrations.run(store.database().dataSource());
        var events = closing(new Events(store.jdbcUrl(), store.user(), store.password()));
        var audit = new AuditRepository();
        var transactions = new Transactions(store.database(), audit, new AuditLines(), events.freshness(), clock);
        var cipher = new SecretCipher(PartSettings.masterKeys(settings));
        MasterKeyCheck.require(transactions, cipher, clock);
        var authorizer = new Authorizer(new OwnershipRepository());
        var provableLog = closing(
                new ProvableLog(transactions, authorizer, new LogKeyVault(cipher), settings.auditWitnesses(), clock));
        var auditSinks = closing(new AuditSinks(
                transactions,
                authorizer,
                events,
                provableLog.feed(),
                new AuditSinkVault(cipher),
                settings.dataDirectory().resolve("audit-copies"),
                clock));
        var limits = new RateLimits(settings.limits().requestsPerMinute());
        var pushes = new Pushes(events);

        var notifications = closing(new Notifications(
                transactions,
                authorizer,
                events,
                pushes,
                cipher,
                NotificationParts.settings(settings.notifications()),
                addresses.accessUrl(),
                clock));
        var notices = notifications.notices();

        var rules = new DeploymentRules(
                settings.rights().ownerWorkspaceAccess(), settings.rights().workspaceSharing());
        var roles = new RoleService(transactions, authorizer, clock);
        var tenants = new Organizations(transactions, authorizer, roles, rules, clock);
        var organizations = tenants.resolver();
        var organizationService = tenants.service();
        var memberships = tenants.memberships();

        SandboxEngine sandbox = closing(SandboxEngine.open(
                PartSettings.sandbox(settings, installation, addresses),
                new EgressAudit(transactions),
                new SandboxNews(transactions),
                clock));
        TerraformEngine terraform = closing(TerraformEngine.open(PartSettings.terraform(settings, addresses)));
        var engine = new TemplateEngines(sandbox, terraform);
        var jobs = new Jobs(transactions, events, JobSettings.withWorkers(settings.provisioners()), VERSION, clock);
        var templates = new Templates(
                transactions,
                authorizer,
                organizations,
                limits,
                jobs,
                pushes,
                engine,
                settings.limits().templateUploadBytes(),
                notices,
                clock);

        Secret setupToken = Secret.random(24);
        var identity = Identity.create(
                transactions,
                authorizer,
                memberships,
                organizationService,
                organizations,
                limits,
                new NotificationParts.Codes(notifications.codes()),
                events.freshness(),
                notices,
                PartSettings.identity(
                        settings,
                        setupToken,
                        (administrator, organization) -> templates
                                .starters()
                                .install(new OrganizationId(organization), new UserId(administrator)),
                        rules),
                clock);

        var personal = new Personal(transactions, authorizer, identity.people(), cipher, clock);
        var providers = settings.externalAuthFile().isPresent()
                ? Providers.in(settings.externalAuthFile().get())
                : Providers.NONE;
        var external = new ExternalAuthentication(
                transactions,
                authorizer,
                events,
                cipher,
                providers,
                addresses.accessUrl(),
                settings.sessions().secureCookies(),
                clock);

        AppHosts appHosts = settings.apps()
                .wildcardSuffix()
                .map(suffix -> AppHosts.of(addresses.accessUrl(), "*." + suffix))
                .orElseGet(() -> AppHosts.none(addresses.accessUrl()));
        var connections = closing(new Connections(
                transactions,
                authorizer,
                events,
                pushes,
                identity.sessions()::again,
                cipher,
                personal.secrets()::ofOwner,
                Stream.concat(personal.agentCalls().stream(), external.agentCalls().stream())
                        .toList(),
                new Connections.Settings(
                        appHosts,
                        settings.sshHostnameSuffix(),
                        LiveConnections.Limits.DEFAULT,
                        settings.listening().relayUrl().orElse(null)),
                clock));
        var workspaces = closing(new Workspaces(
                transactions,
                authorizer,
                events,
                pushes,
                identity.users(),
                organizations,
                templates,
                jobs,
                engine,
                new AgentEnrollmentFacts(addresses.agentUrl(), connections.ticketKeys()),
                (app, agent, workspace, owner) ->
                        appHosts.isEnabled() ? AppHosts.label(app, new AppHosts.Place(agent, workspace, owner)) : "",
                cipher,
                PartSettings.quietHours(settings.quietHours()),
                notices,
                clock));

        identity.register(routes);
        tenants.register(
                routes,
                (tx, caller, name) -> identity.users().resolve(tx, caller, name).value());
        new EffectivePermissionRoutes(transactions, authorizer, identity.users(), rules).register(routes);
        personal.register(routes);
        external.register(routes);
        notifications.register(
                routes, request -> identity.people().named(request).value());
        new AuditRoutes(transactions, authorizer, audit).register(routes);
        provableLog.register(routes);
        auditSinks.register(routes);
        var metrics = new Metrics();
        auditSinks.register(metrics);
        new Deployment(
                        transactions,
                        authorizer,
                        store.database(),
                        settings,
                        addresses.accessUrl(),
                        VERSION,
                        notifications.pushKey(),
                        metrics,
                        provableLog::status,
                        auditSinks::warnings,
                        clock)
                .register(routes);
        templates.register(routes);
        new ProvisionerRoutes(transactions, authorizer, organizations, jobs.daemons()).register(routes);
        new InsightRoutes(transactions, authorizer, clock).register(routes);
        workspaces.register(routes);
        connections.register(routes);
        new AgentImageRoutes(
                        installation.agentImage(),
                        settings.dataDirectory().resolve("agent-packages"),
                        AgentScripts.architecture())
                .register(routes);

        var authentication = new Callers(identity, connections);
        var origins = new Origins(settings.listening().trustedProxies(), List.of(addresses.accessUrl()));
        var apps = closing(new Apps(
                transactions,
                authorizer,
                events,
                connections,
                identity.sessions()::again,
                authentication,
                origins,
                limits,
                new Apps.Settings(
                        addresses.accessUrl(), appHosts, settings.apps().onPaths()),
                clock));
        apps.register(routes);
        new ApiDocumentRoutes(routes, VERSION).register(routes);
        provableLog.start();
        auditSinks.start();
        connections.start();
        var handlers = new ArrayList<>(apps.handlers());
        handlers.add(WebServer.routes(routes, authentication, origins, limits, metrics, "v" + VERSION));
        handlers.add(new DashboardHandler(installation.dashboard()));
        var web = closing(new WebServer(
                addresses.http(),
                settings.listening().tls().map(tls -> new WebServer.Tls(tls.address(), tls.certificate(), tls.key())),
                handlers));
        listen(web);
        if (addresses.http().isPresent()) { // then agents are told that address
            sandbox.serverDoor(web::adopt);
        }
        if (settings.prometheus().isPresent()) {
            listen(closing(
                    new WebServer(settings.prometheus(), Optional.empty(), List.of(new MetricsHandler(metrics)))));
        }
        closing(pushes);
        terraform.salvageTo(workspaces.salvage());
        workspaces.start(settings.postgres().isEmpty());
        closing(identity.dormancy()).start();
        closing(identity.expiredKeys()).start();
        notifications.start();
        var rotation = new SecretRotation(transactions, cipher);
        rotation.run(Personal.encrypted());
        rotation.run(WebPush.ENCRYPTED);
        rotation.run(List.of(AuditSinkVault.COLUMN));
        rotation.run(Workspaces.encrypted());
        greet(settings, identity, engine, setupToken);
        WarmUp.begin(engine);
    }

    /** Who a token belongs to: people by the identity feature, agents by the connection feature. */
    private record Callers(Identity identity, Connections connections) implements Authentication {
        @Override
        public Optional<Caller.User> user(Secret token, Origin origin) {
            return identity.sessions().authenticate(token, origin);
        }

        @Override
        public Optional<Caller.Agent> agent(Secret token, Origin origin) {
            return connections.agent(token, origin);
        }
    }

    private static void listen(WebServer web) throws IOException {
        try {
            web.start();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the web server did not start: " + e.getMessage(), e);
        }
    }

    private void greet(ServerSettings settings, Identity identity, Engine engine, Secret setupToken) {
        var report = engine.inspect();
        report.problems().forEach(problem -> welcome.add("!! " + problem));
        report.notEnforced().forEach(sentence -> welcome.add("!  Not enforced on this machine: " + sentence));
        welcome.add("");
        welcome.add("Cloister " + VERSION + " is ready at " + url);
        if (!identity.setup().isDone()) {
            welcome.add("Create the first administrator: " + url + "/setup#token=" + setupToken.reveal());
        }
        if (settings.postgres().isEmpty()) {
            welcome.add("Data and embedded PostgreSQL: " + settings.dataDirectory());
        }
        welcome.add("Stop with Ctrl-C. Workspaces keep running and are found again at the next start.");
    }

    /** What to tell the operator once everything runs. */
    List<String> welcome() {
        return List.copyOf(welcome);
    }

    URI url() {
        return url;
    }

    /** Every route, for the sweep that calls them all. */
    Routes routes() {
        return routes;
    }

    /** Stops the parts in the opposite order of their start. */
    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("a part did not stop cleanly", e);
            }
        }
    }
}
