package dev.cloister.server.personal;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.CreateUserSecretRequest;
import dev.cloister.contract.api.ImportUserSecretsRequest;
import dev.cloister.contract.api.UpdateUserSecretRequest;
import dev.cloister.contract.api.UserSecret;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.identity.People;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.List;

/** People's secrets over HTTP. There is no way to get a value back. */
public final class UserSecretRoutes {
    private static final String SECRETS = "/api/v2/users/{user}/secrets";

    private final People people;
    private final UserSecretService service;

    public UserSecretRoutes(People people, UserSecretService service) {
        this.people = people;
        this.service = service;
    }

    public void register(Routes routes) {
        var read = Access.to(Action.READ, ResourceType.USER_SECRET);
        var create = Access.to(Action.CREATE, ResourceType.USER_SECRET);
        routes.get(SECRETS, read, this::list).named("Secrets", "List secrets").answersList(200, UserSecret.class);
        routes.post(SECRETS, create, this::create)
                .named("Secrets", "Create a secret")
                .takes(CreateUserSecretRequest.class)
                .answers(201, UserSecret.class);
        routes.post(SECRETS + "/batch", create, this::createAll)
                .named("Secrets", "Create the secrets of a file")
                .takes(ImportUserSecretsRequest.class)
                .answersList(201, UserSecret.class)
                .answers(400, ApiError.class)
                .answers(409, ApiError.class)
                .answers(413, ApiError.class);
        routes.get(SECRETS + "/{name}", read, this::get)
                .named("Secrets", "Get a secret without its value")
                .answers(200, UserSecret.class);
        routes.patch(SECRETS + "/{name}", Access.to(Action.UPDATE, ResourceType.USER_SECRET), this::update)
                .named("Secrets", "Change a secret")
                .takes(UpdateUserSecretRequest.class)
                .answers(200, UserSecret.class);
        routes.delete(SECRETS + "/{name}", Access.to(Action.DELETE, ResourceType.USER_SECRET), this::delete)
                .named("Secrets", "Delete a secret")
                .answers(204);
    }

    private Response list(Request request) {
        return Response.ok(wire(service.list(request.caller(), people.named(request))));
    }

    private Response get(Request request) {
        return Response.ok(wire(service.get(request.caller(), people.named(request), request.path("name"))));
    }

    private Response create(Request request) {
        UserId owner = people.named(request);
        service.requireMayCreate(request.caller(), owner);
        var body = request.body(CreateUserSecretRequest.class);
        var draft = new UserSecretService.Draft(
                body.name(),
                body.description(),
                body.envName(),
                body.filePath(),
                body.enabled() == null || body.enabled(),
                body.value() == null ? Secret.of("") : body.value().secret());
        return Response.json(
                201,
                wire(service.create(request.caller(), owner, List.of(draft)).getFirst()));
    }

    /** In a file each name is the variable's too. */
    private Response createAll(Request request) {
        UserId owner = people.named(request);
        service.requireMayCreate(request.caller(), owner);
        var body = request.body(ImportUserSecretsRequest.class);
        var drafts = SecretsFile.parse(body.format(), body.content().reveal()).entrySet().stream()
                .map(entry ->
                        new UserSecretService.Draft(entry.getKey(), "", entry.getKey(), "", true, entry.getValue()))
                .toList();
        return Response.json(201, wire(service.create(request.caller(), owner, drafts)));
    }

    private Response update(Request request) {
        UserId owner = people.named(request);
        service.get(request.caller(), owner, request.path("name"));
        var body = request.body(UpdateUserSecretRequest.class);
        var change = new UserSecretService.Change(
                body.description(),
                body.envName(),
                body.filePath(),
                body.enabled(),
                body.value() == null ? null : body.value().secret());
        return Response.ok(wire(service.update(request.caller(), owner, request.path("name"), change)));
    }

    private Response delete(Request request) {
        service.delete(request.caller(), people.named(request), request.path("name"));
        return Response.empty(204);
    }

    private static List<UserSecret> wire(List<UserSecretRecord> secrets) {
        return secrets.stream().map(UserSecretRoutes::wire).toList();
    }

    private static UserSecret wire(UserSecretRecord secret) {
        return new UserSecret(
                secret.id(),
                secret.name(),
                secret.description(),
                secret.envName(),
                secret.filePath(),
                secret.enabled(),
                secret.createdAt(),
                secret.updatedAt());
    }
}
