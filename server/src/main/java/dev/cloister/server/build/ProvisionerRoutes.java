package dev.cloister.server.build;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.ProvisionerDaemon;
import dev.cloister.contract.api.ProvisionerDaemonStatus;
import dev.cloister.contract.api.ProvisionerJob;
import dev.cloister.contract.api.ProvisionerJobStatus;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.organization.OrganizationId;
import dev.cloister.server.organization.OrganizationResolver;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Route;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** What an organization's provisioning does, over HTTP: its jobs and the workers that do them. */
public final class ProvisionerRoutes {
    private static final String GROUP = "Provisioning";
    private static final String ORGANIZATION = "/api/v2/organizations/{organization}";
    private static final int USUAL = 50;
    private static final int MOST = 1000;
    private static final int MAX_IDS = 200;
    private static final TypeReference<Map<String, String>> TAGS = new TypeReference<>() {};

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final OrganizationResolver organizations;
    private final ProvisionerJobRepository jobs = new ProvisionerJobRepository();
    private final ProvisionerDaemonRepository daemons;

    public ProvisionerRoutes(
            Transactions transactions,
            Authorizer authorizer,
            OrganizationResolver organizations,
            ProvisionerDaemonRepository daemons) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.organizations = organizations;
        this.daemons = daemons;
    }

    public void register(Routes routes) {
        var readJobs = Access.to(Action.READ, ResourceType.PROVISIONER_JOBS);
        var readDaemons = Access.to(Action.READ, ResourceType.PROVISIONER_DAEMON);
        routes.get(ORGANIZATION + "/provisionerjobs", readJobs, this::jobs)
                .named(GROUP, "List the jobs of an organization, newest first")
                .query("limit", Integer.class, "how many at most; 50 unless given")
                .query("ids", String.class, "ids of jobs, with commas between them")
                .query("status", String.class, "states of jobs, with commas between them")
                .query("tags", String.class, "a JSON object of tags that a job must have")
                .query("initiator", String.class, "the id or name of who asked for them")
                .answersList(200, ProvisionerJob.class);
        routes.get(ORGANIZATION + "/provisionerjobs/{job}", readJobs, this::job)
                .named(GROUP, "Get a job of an organization")
                .answers(200, ProvisionerJob.class);
        routes.get(ORGANIZATION + "/provisionerdaemons", readDaemons, this::daemons)
                .named(GROUP, "List the workers that serve an organization")
                .query("limit", Integer.class, "how many at most; 50 unless given")
                .query("ids", String.class, "ids of workers, with commas between them")
                .query("status", String.class, "idle, busy or offline, with commas between them")
                .query("offline", Boolean.class, "those that are gone too")
                .query("tags", String.class, "a JSON object of tags that a worker must have")
                .answersList(200, ProvisionerDaemon.class);
        planned(routes);
    }

    /** Workers outside of the server are not offered yet, so that there are no keys for them. */
    private void planned(Routes routes) {
        var read = Access.to(Action.READ, ResourceType.PROVISIONER_DAEMON);
        var create = Access.to(Action.CREATE, ResourceType.PROVISIONER_DAEMON);
        var delete = Access.to(Action.DELETE, ResourceType.PROVISIONER_DAEMON);
        String keys = ORGANIZATION + "/provisionerkeys";
        Route.Handler handler = this::notOffered;
        routes.get(keys, read, handler)
                .named(GROUP, "List keys of provisioners (planned)")
                .answers(501);
        routes.post(keys, create, handler)
                .named(GROUP, "Make a key for provisioners (planned)")
                .answers(501);
        routes.get(keys + "/daemons", read, handler)
                .named(GROUP, "List provisioners by their keys (planned)")
                .answers(501);
        routes.delete(keys + "/{provisionerkey}", delete, handler)
                .named(GROUP, "Delete a key of provisioners (planned)")
                .answers(501);
        routes.get(ORGANIZATION + "/provisionerdaemons/serve", create, handler)
                .named(GROUP, "Serve as a provisioner (planned)")
                .answers(501);
        routes.get("/api/v2/provisionerkeys/{provisionerkey}", read, request -> {
                    throw planned();
                })
                .named(GROUP, "Say what a provisioner's key is for (planned)")
                .answers(501);
    }

    private Response notOffered(Request request) {
        transactions.read(tx -> organization(tx, request));
        throw planned();
    }

    private static Failure planned() {
        return new Failure.NotOffered("Provisioners outside of the server, and keys for them, are not offered yet.");
    }

    private OrganizationId organization(ReadTx tx, Request request) {
        OrganizationId id = organizations.resolve(tx, request.caller(), request.path("organization"));
        return authorizer.require(tx, request.caller(), Action.READ, id).idFor(Action.READ);
    }

    private Response jobs(Request request) {
        var filter = new ProvisionerJobFilter(
                ids(request),
                statuses(request, Arrays.stream(ProvisionerJobStatus.values()).map(Enum::name)),
                tags(request),
                request.query("initiator")
                        .map(name -> name.equals("me")
                                ? request.user().subject().id().toString()
                                : name),
                limit(request));
        return Response.ok(jobs(request, filter));
    }

    private Response job(Request request) {
        return jobs(request, ProvisionerJobFilter.only(request.id("job"))).stream()
                .findFirst()
                .map(Response::ok)
                .orElseThrow(Failure.NotFound::new);
    }

    private List<ProvisionerJob> jobs(Request request, ProvisionerJobFilter filter) {
        var visibility =
                authorizer.visible(request.caller(), ResourceType.PROVISIONER_JOBS, ProvisionerJobRepository.columns());
        return transactions.read(
                tx -> jobs.list(tx, visibility, organization(tx, request).value(), filter));
    }

    private Response daemons(Request request) {
        var filter = new DaemonFilter(
                ids(request),
                statuses(
                        request, Arrays.stream(ProvisionerDaemonStatus.values()).map(Enum::name)),
                request.flag("offline"),
                tags(request),
                limit(request));
        var visibility = authorizer.visible(
                request.caller(), ResourceType.PROVISIONER_DAEMON, ProvisionerDaemonRepository.columns());
        return Response.ok(transactions.read(tx -> {
            UUID organization = organization(tx, request).value();
            return daemons.list(tx, visibility, organization, mayReadJobs(request.caller(), organization), filter);
        }));
    }

    private boolean mayReadJobs(Caller caller, UUID organization) {
        try {
            authorizer.requireOnType(caller, Action.READ, ResourceType.PROVISIONER_JOBS, organization);
            return true;
        } catch (Failure.Forbidden e) {
            return false;
        }
    }

    private static int limit(Request request) {
        return (int) request.number("limit", USUAL, 1, MOST);
    }

    private static List<UUID> ids(Request request) {
        return parts(request, "ids")
                .map(text -> Request.parseId(text).orElseThrow(() -> invalid("ids", "Must be UUIDs.")))
                .toList();
    }

    private static List<String> statuses(Request request, Stream<String> known) {
        List<String> names = known.map(name -> name.toLowerCase(Locale.ROOT)).toList();
        List<String> asked = parts(request, "status").toList();
        if (!names.containsAll(asked)) {
            throw invalid("status", "Must be some of " + String.join(", ", names) + ".");
        }
        return asked;
    }

    private static Stream<String> parts(Request request, String name) {
        List<String> parts = request.query(name).stream()
                .flatMap(text -> Arrays.stream(text.split(",", MAX_IDS + 1)))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        if (parts.size() > MAX_IDS) {
            throw invalid(name, "Must have at most " + MAX_IDS + " entries.");
        }
        return parts.stream();
    }

    private static Map<String, String> tags(Request request) {
        try {
            return request.query("tags")
                    .map(text -> ApiJson.mapper().readValue(text, TAGS))
                    .orElse(Map.of());
        } catch (JacksonException e) {
            throw invalid("tags", "Must be a JSON object of texts.");
        }
    }

    private static Failure invalid(String field, String problem) {
        return new Failure.Invalid("Query parameters have invalid values.", field, problem);
    }
}
