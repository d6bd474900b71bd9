package dev.cloister.server.personal;

import dev.cloister.contract.api.AgentGitSSHKey;
import dev.cloister.contract.api.GitSSHKey;
import dev.cloister.contract.api.SecretText;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.identity.People;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;

/** People's SSH keys over HTTP. */
public final class GitKeyRoutes {
    private static final String KEY = "/api/v2/users/{user}/gitsshkey";

    private final People people;
    private final GitKeyService service;

    public GitKeyRoutes(People people, GitKeyService service) {
        this.people = people;
        this.service = service;
    }

    public void register(Routes routes) {
        routes.get(KEY, Access.to(Action.READ_PERSONAL, ResourceType.USER), this::get)
                .named("Users", "Get the public half of somebody's SSH key for Git")
                .answers(200, GitSSHKey.class);
        routes.put(KEY, Access.to(Action.UPDATE_PERSONAL, ResourceType.USER), this::regenerate)
                .named("Users", "Make another SSH key for Git")
                .answers(200, GitSSHKey.class);
        routes.get("/api/v2/workspaceagents/me/gitsshkey", Access.agent(), this::forAgent)
                .named("Agents", "Get the SSH key of the workspace's owner")
                .answers(200, AgentGitSSHKey.class);
    }

    private Response get(Request request) {
        return Response.ok(wire(service.get(request.caller(), people.named(request))));
    }

    private Response regenerate(Request request) {
        return Response.ok(wire(service.regenerate(request.caller(), people.named(request))));
    }

    private static GitSSHKey wire(GitKey key) {
        return new GitSSHKey(key.user().value(), key.createdAt(), key.updatedAt(), key.publicKey());
    }

    private Response forAgent(Request request) {
        if (!(request.caller() instanceof Caller.Agent agent)) {
            throw new Failure.Unauthenticated("Agent token is invalid.");
        }
        GitKey key = service.forAgent(agent);
        return Response.ok(new AgentGitSSHKey(key.publicKey(), new SecretText(key.privateKey())));
    }
}
