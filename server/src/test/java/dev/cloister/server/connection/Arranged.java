package dev.cloister.server.connection;

import dev.cloister.contract.Secret;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.connection.agent.AgentAuthentication;
import dev.cloister.server.connection.agent.AppHosts;
import dev.cloister.server.connection.app.Apps;
import dev.cloister.server.platform.http.Authentication;
import dev.cloister.server.platform.http.Origins;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.RateLimits;
import dev.cloister.server.testing.TestApi;
import dev.cloister.server.workspace.sharing.PortShareRoutes;
import dev.cloister.server.workspace.sharing.PortShareService;
import dev.cloister.server.workspace.sharing.SharingRepository;
import dev.cloister.server.workspace.sharing.SharingRoutes;
import dev.cloister.server.workspace.sharing.SharingService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A server with people, a template, and workspaces as a build would have left them. */
public final class Arranged implements AutoCloseable {
    /** What people type; only its host and scheme matter here. */
    public static final URI ACCESS_URL = URI.create("http://cloister.test:3000");

    public final TestApi api;
    public final Connections connections;
    private final Apps apps;
    final UUID template = UUID.randomUUID();
    private final UUID version = UUID.randomUUID();
    private final UUID file = UUID.randomUUID();

    /** A running workspace with one agent. */
    public record Dev(UUID workspace, UUID build, UUID agent, Secret token, String name) {
        public String path(String rest) {
            return "/api/v2/workspaceagents/" + agent + rest;
        }
    }

    public Arranged() {
        this(LiveConnections.Limits.DEFAULT, false);
    }

    /** What a test adds before the server listens. */
    @FunctionalInterface
    public interface More {
        void to(TestApi api) throws IOException;
    }

    public Arranged(More more) {
        this(LiveConnections.Limits.DEFAULT, false, more);
    }

    /** @param pathApps whether apps are also on paths */
    public Arranged(LiveConnections.Limits limits, boolean pathApps) {
        this(limits, pathApps, ignored -> {});
    }

    private Arranged(LiveConnections.Limits limits, boolean pathApps, More more) {
        api = new TestApi();
        var events = api.database.events();
        var hosts = AppHosts.of(ACCESS_URL, "*.apps.cloister.test");
        CredentialHolders holders = (id, origin) -> api.identity.sessions().again(id, origin);
        connections = new Connections(
                api.transactions,
                api.authorizer,
                events,
                new Pushes(events),
                holders,
                api.cipher,
                api.personal.secrets()::ofOwner,
                api.personal.agentCalls(),
                new Connections.Settings(hosts, "cloister", limits, null),
                Clock.systemUTC());
        connections.register(api.routes);
        new SharingRoutes(new SharingService(
                        api.transactions, api.authorizer, new SharingRepository(), Clock.systemUTC()))
                .register(api.routes);
        new PortShareRoutes(new PortShareService(api.transactions, api.authorizer)).register(api.routes);
        apps = new Apps(
                api.transactions,
                api.authorizer,
                events,
                connections,
                holders,
                authentication(),
                new Origins(List.of(), List.of()),
                new RateLimits(0),
                new Apps.Settings(ACCESS_URL, hosts, pathApps),
                Clock.systemUTC());
        apps.register(api.routes);
        apps.handlers().forEach(api::before);
        connections.start();
        try {
            more.to(api);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        api.agents(connections::agent);
        api.setUp();
        template();
    }

    private Authentication authentication() {
        return new Authentication() {
            @Override
            public Optional<Caller.User> user(Secret token, Origin origin) {
                return api.identity.sessions().authenticate(token, origin);
            }

            @Override
            public Optional<Caller.Agent> agent(Secret token, Origin origin) {
                return connections.agent(token, origin);
            }
        };
    }

    private void template() {
        String owner = userId("admin");
        sql(
                "INSERT INTO files (id, hash, created_by, media_type, data, created_at) VALUES ('%s', '\\x%s', '%s', "
                        + "'application/x-tar', '', now())",
                file, HexFormat.of().formatHex(new byte[32]), owner);
        UUID job = job("template_version_import", true);
        sql(
                "INSERT INTO template_versions (id, organization_id, name, job_id, created_by, created_at, updated_at) "
                        + "VALUES ('%s', '%s', 'v1', '%s', '%s', now(), now())",
                version, api.organization(), job, owner);
        sql(
                "INSERT INTO templates (id, organization_id, name, provisioner, active_version_id, created_by, created_at, "
                        + "updated_at) VALUES ('%s', '%s', 'base', 'cloister', '%s', '%s', now(), now())",
                template, api.organization(), version, owner);
        sql("UPDATE template_versions SET template_id = '%s' WHERE id = '%s'", template, version);
        sql("UPDATE templates SET max_port_share_level = 'public'");
    }

    private UUID job(String type, boolean done) {
        UUID job = UUID.randomUUID();
        sql(
                "INSERT INTO provisioner_jobs (id, organization_id, initiator_id, type, provisioner, file_id, input, "
                        + "created_at, started_at, worker_id, completed_at) VALUES ('%s', '%s', '%s', '%s', 'cloister', '%s', "
                        + "'{}', now(), now(), '%s', %s)",
                job, api.organization(), userId("admin"), type, file, UUID.randomUUID(), done ? "now()" : "NULL");
        return job;
    }

    /** A workspace of {@code username} whose first build has started it. */
    public Dev workspace(String username, String name) {
        UUID workspace = UUID.randomUUID();
        sql(
                "INSERT INTO workspaces (id, organization_id, owner_id, template_id, name, created_at, updated_at, "
                        + "last_used_at) VALUES ('%s', '%s', '%s', '%s', '%s', now(), now(), now())",
                workspace, api.organization(), userId(username), template, name);
        return start(workspace, name, 1);
    }

    /** One more build that starts the workspace, with a new agent. */
    public Dev start(UUID workspace, String name, int number) {
        UUID build = build(workspace, number, "start", true);
        UUID resource = UUID.randomUUID();
        sql(
                "INSERT INTO workspace_resources (id, job_id, transition, type, name, position, created_at) SELECT '%s', "
                        + "job_id, 'start', 'sandbox', 'dev', 0, now() FROM workspace_builds WHERE id = '%s'",
                resource, build);
        UUID agent = UUID.randomUUID();
        Secret token = Secret.random(32);
        sql(
                "INSERT INTO workspace_agents (id, resource_id, workspace_id, build_id, name, hashed_token, ssh_host_key, "
                        + "operating_system, architecture, directory, environment, created_at, updated_at) VALUES ('%s', '%s', "
                        + "'%s', '%s', 'main', '\\x%s', 'ecdsa-sha2-nistp256 AAAA', 'linux', 'amd64', '/home/dev', "
                        + "'{\"EDITOR\": \"vi\"}', now(), now())",
                agent, resource, workspace, build, HexFormat.of().formatHex(AgentAuthentication.hash(token)));
        return new Dev(workspace, build, agent, token, name);
    }

    public UUID build(UUID workspace, int number, String transition, boolean done) {
        UUID build = UUID.randomUUID();
        sql(
                "INSERT INTO workspace_builds (id, workspace_id, template_version_id, build_number, transition, reason, "
                        + "initiator_id, job_id, created_at, updated_at) VALUES ('%s', '%s', '%s', %d, '%s', 'initiator', '%s', "
                        + "'%s', now(), now())",
                build, workspace, version, number, transition, userId("admin"), job("workspace_build", done));
        return build;
    }

    public String userId(String username) {
        return api.database.look("SELECT id FROM users WHERE username = '" + username + "'");
    }

    public void sql(String statement, Object... values) {
        api.database.execute(statement.formatted(values));
    }

    public String look(String query, Object... values) {
        return api.database.look(query.formatted(values));
    }

    public void announce(String topic, Object id) {
        sql("SELECT pg_notify('cloister_events', '%s %s')", topic, id);
    }

    /** An app of the workspace. */
    public void app(Dev dev, String slug, String url, String sharing) {
        sql(
                "INSERT INTO workspace_apps (id, agent_id, slug, position, display_name, url, subdomain, sharing_level, "
                        + "health, created_at) VALUES ('%s', '%s', '%s', 0, '%s', '%s', TRUE, '%s', 'disabled', now())",
                UUID.randomUUID(), dev.agent(), slug, slug, url, sharing);
    }

    /** Waits until the server knows the agent. */
    public void connected(Dev dev) {
        Polling.until(
                "the agent is connected",
                () -> !look(
                                "SELECT session_id FROM workspace_agents WHERE id = '%s' AND session_id IS NOT NULL",
                                dev.agent())
                        .isEmpty());
    }

    @Override
    public void close() {
        apps.close();
        connections.close();
        api.close();
    }
}
