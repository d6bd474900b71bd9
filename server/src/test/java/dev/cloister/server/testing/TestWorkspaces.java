package dev.cloister.server.testing;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.ProvisionerJobLog;
import dev.cloister.contract.client.ApiClient;
import dev.cloister.contract.client.SessionToken;
import dev.cloister.provisioner.Engine;
import dev.cloister.provisioner.TemplateEngines;
import dev.cloister.provisioner.TicketVerificationKey;
import dev.cloister.provisioner.terraform.TerraformEngine;
import dev.cloister.server.build.JobSettings;
import dev.cloister.server.build.Jobs;
import dev.cloister.server.build.ProvisionerRoutes;
import dev.cloister.server.insight.InsightRoutes;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.RateLimits;
import dev.cloister.server.template.Templates;
import dev.cloister.server.workspace.Enrollment;
import dev.cloister.server.workspace.Workspaces;
import dev.cloister.server.workspace.schedule.QuietHoursService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@link TestApi} with templates, builds and workspaces on a {@link FakeEngine}; builds are quick and impatient. */
public final class TestWorkspaces implements AutoCloseable {
    public static final JobSettings QUICK = new JobSettings(
            2,
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofMillis(300),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMillis(500),
            64 * 1024,
            3);
    /** For engines that really run something. */
    public static final JobSettings PATIENT = new JobSettings(
            2,
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            Duration.ofMillis(300),
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            Duration.ofSeconds(5),
            1 << 20,
            3);

    public static final String PLAIN = "version: 1\nname: Plain\n";

    /** What workspaces take for the time: an ordinary clock until a test moves it. */
    public final TestClock clock = new TestClock();

    public final TestApi api = new TestApi();
    public final FakeEngine engine = new FakeEngine();
    private final Engine engines;
    public final Jobs jobs;
    public final Templates templates;
    private final Pushes pushes;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Workspaces> servers = new ArrayList<>();

    public TestWorkspaces(JobSettings settings) {
        this(settings, null);
    }

    /** With an engine for templates in Terraform; null for none. */
    public TestWorkspaces(JobSettings settings, @Nullable TerraformEngine terraform) {
        this.engines = terraform == null ? engine : new TemplateEngines(engine, terraform);
        pushes = new Pushes(api.database.events());
        jobs = new Jobs(api.transactions, api.database.events(), settings, "0.0.0-test", clock);
        templates = new Templates(
                api.transactions,
                api.authorizer,
                api.organizations,
                new RateLimits(0),
                jobs,
                pushes,
                engines,
                1 << 20,
                api.notifications.notices(),
                clock);
        var first = server(jobs, pushes);
        servers.add(first);
        templates.register(api.routes);
        new ProvisionerRoutes(api.transactions, api.authorizer, api.organizations, jobs.daemons()).register(api.routes);
        new InsightRoutes(api.transactions, api.authorizer, clock).register(api.routes);
        first.register(api.routes);
    }

    /** The usual: quick builds, somebody to do them, an administrator. */
    public static TestWorkspaces started() {
        var world = new TestWorkspaces(QUICK);
        world.api.setUp();
        world.start();
        return world;
    }

    private Workspaces server(Jobs its, Pushes pushes) {
        return new Workspaces(
                api.transactions,
                api.authorizer,
                api.database.events(),
                pushes,
                api.identity.users(),
                api.organizations,
                templates,
                its,
                engines,
                new Enrollment() {
                    @Override
                    public URI serverUrl() {
                        return api.url();
                    }

                    @Override
                    public List<TicketVerificationKey> ticketKeys() {
                        return List.of();
                    }

                    @Override
                    public String caCertificatesPem() {
                        return "";
                    }
                },
                (app, agent, workspace, owner) -> app + "--" + agent + "--" + workspace + "--" + owner,
                api.cipher,
                QuietHoursService.Settings.DEFAULT,
                api.notifications.notices(),
                clock);
    }

    /** The first server. */
    public Workspaces server() {
        return servers.getFirst();
    }

    /** Begins to take jobs. */
    public void start() {
        servers.getFirst().start(false);
    }

    /** Another server on the same database, which takes jobs too. */
    public Workspaces startAnother(JobSettings settings) {
        return startAnother(settings, false);
    }

    /** Another server, which may know that it is the only one. */
    public Workspaces startAnother(JobSettings settings, boolean alone) {
        var another = server(new Jobs(api.transactions, api.database.events(), settings, "0.0.0-test", clock), pushes);
        servers.add(another);
        another.start(alone);
        return another;
    }

    /** Stops the first server's workers as a clean shutdown does. */
    public void stop() {
        servers.getFirst().close();
    }

    /** A client of the API as the command line uses it. */
    public ApiClient as(String token) {
        return new ApiClient(
                api.url(), Optional.of(new SessionToken(token)), ApiClient::platformTrust, new TestMessages());
    }

    /** A tar archive of files by name. */
    public static byte[] tar(Map<String, String> files) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Uploads bytes. */
    public HttpResponse<String> upload(String token, String mediaType, byte[] bytes) {
        var request = HttpRequest.newBuilder(api.url().resolve("/api/v2/files"))
                .header("Coder-Session-Token", token)
                .header("Content-Type", mediaType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Uploads a {@code workspace.yaml} as the administrator; returns the file's id. */
    public String file(String yaml) {
        return file(Map.of("workspace.yaml", yaml, "README.md", "# Read me"));
    }

    private String file(Map<String, String> files) {
        var uploaded = upload(api.owner(), "application/x-tar", tar(files));
        return TestApi.json(uploaded).get("hash").asString();
    }

    /** Asks for a version of a {@code workspace.yaml}, of a template or of none yet; returns it as it is then. */
    public JsonNode version(String yaml, String template) {
        return version(Map.of("workspace.yaml", yaml, "README.md", "# Read me"), template);
    }

    /** The same of other files. */
    public JsonNode version(Map<String, String> files, String template) {
        var request = new LinkedHashMap<String, Object>();
        request.put("file_id", file(files));
        request.put("storage_method", "file");
        request.put("provisioner", "terraform");
        if (!template.isEmpty()) {
            request.put("template_id", template);
        }
        return created(api.send(
                "POST", "/api/v2/organizations/" + api.organization() + "/templateversions", api.owner(), request));
    }

    /** The version after its import. */
    public JsonNode imported(JsonNode version) {
        String path = "/api/v2/templateversions/" + version.get("id").asString();
        return until(
                () -> TestApi.json(api.get(path, api.owner())),
                node -> !List.of("pending", "running")
                        .contains(node.at("/job/status").asString()));
    }

    /** Makes a template of a {@code workspace.yaml}; returns its id. */
    public String template(String name, String yaml) {
        return template(name, Map.of("workspace.yaml", yaml, "README.md", "# Read me"));
    }

    /** The same of other files. */
    public String template(String name, Map<String, String> files) {
        var version = imported(version(files, ""));
        return created(api.send(
                        "POST",
                        "/api/v2/organizations/" + api.organization() + "/templates",
                        api.owner(),
                        Map.of(
                                "name",
                                name,
                                "template_version_id",
                                version.get("id").asString())))
                .get("id")
                .asString();
    }

    /** Creates a workspace; returns it as it is then. */
    public JsonNode create(String token, String template, String name) {
        return created(
                api.send("POST", "/api/v2/users/me/workspaces", token, Map.of("template_id", template, "name", name)));
    }

    /** Creates a workspace and waits until it runs; returns its id. */
    public String running(String token, String template, String name) {
        String id = create(token, template, name).get("id").asString();
        awaitStatus(token, id, "running");
        return id;
    }

    /** Asks for a build. */
    public HttpResponse<String> build(String token, String workspace, String transition) {
        return build(token, workspace, Map.of("transition", transition));
    }

    public HttpResponse<String> build(String token, String workspace, Map<String, Object> request) {
        return api.send("POST", "/api/v2/workspaces/" + workspace + "/builds", token, request);
    }

    /** The workspace once its latest build has that status. */
    public JsonNode awaitStatus(String token, String workspace, String status) {
        return until(
                () -> workspace(token, workspace),
                node -> node.at("/latest_build/status").asString().equals(status));
    }

    public JsonNode workspace(String token, String workspace) {
        return TestApi.json(api.get("/api/v2/workspaces/" + workspace + "?include_deleted=true", token));
    }

    /** The lines of a build's log, in one text. */
    public String log(String token, String build) {
        var lines = api.get("/api/v2/workspacebuilds/" + build + "/logs", token).body();
        var text = new StringBuilder();
        for (var line : ApiJson.mapper().readValue(lines, ProvisionerJobLog[].class)) {
            text.append(line.output()).append('\n');
        }
        return text.toString();
    }

    /** The body of an answer that must be 201. */
    public static JsonNode created(HttpResponse<String> response) {
        if (response.statusCode() != 201) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return TestApi.json(response);
    }

    /** Leases a job to a worker that will never be heard of again, as a server that was killed leaves it. */
    public void leaseToTheDead(String job, Duration lease, int attempt) {
        api.database.execute("UPDATE provisioner_jobs SET started_at = now(), worker_id = '" + UUID.randomUUID()
                + "', attempts = " + attempt + ", leased_until = now() + interval '" + lease.toMillis()
                + " milliseconds' WHERE id = '" + job + "'");
    }

    /** Looks again and again, for twenty seconds at most, until what is seen will do. */
    public static <T> T until(Supplier<T> look, java.util.function.Predicate<T> wanted) {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            T seen = look.get();
            if (wanted.test(seen)) {
                return seen;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not happen in time; last seen: " + seen);
            }
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(20).toNanos());
        }
    }

    public static void until(BooleanSupplier condition) {
        until(condition::getAsBoolean, seen -> seen);
    }

    @Override
    public void close() {
        pushes.close();
        servers.forEach(Workspaces::close);
        client.close();
        api.close();
    }
}
