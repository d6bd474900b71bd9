package dev.cloister.server.personal;

import dev.cloister.contract.api.CreateUserSkillRequest;
import dev.cloister.contract.api.UpdateUserSkillRequest;
import dev.cloister.contract.api.UserSkill;
import dev.cloister.contract.api.UserSkillMetadata;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.identity.People;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;

/** People's skills over HTTP. */
public final class UserSkillRoutes {
    private static final String SKILLS = "/api/experimental/users/{user}/skills";

    private final People people;
    private final UserSkillService service;

    public UserSkillRoutes(People people, UserSkillService service) {
        this.people = people;
        this.service = service;
    }

    public void register(Routes routes) {
        var read = Access.to(Action.READ, ResourceType.USER_SKILL);
        routes.get(SKILLS, read, this::list).named("Users", "List skills").answersList(200, UserSkillMetadata.class);
        routes.post(SKILLS, Access.to(Action.CREATE, ResourceType.USER_SKILL), this::create)
                .named("Users", "Create a skill")
                .takes(CreateUserSkillRequest.class)
                .answers(201, UserSkill.class);
        routes.get(SKILLS + "/{skillName}", read, this::get)
                .named("Users", "Get a skill with its document")
                .answers(200, UserSkill.class);
        routes.patch(SKILLS + "/{skillName}", Access.to(Action.UPDATE, ResourceType.USER_SKILL), this::update)
                .named("Users", "Change a skill")
                .takes(UpdateUserSkillRequest.class)
                .answers(200, UserSkill.class);
        routes.delete(SKILLS + "/{skillName}", Access.to(Action.DELETE, ResourceType.USER_SKILL), this::delete)
                .named("Users", "Delete a skill")
                .answers(204);
    }

    private Response list(Request request) {
        return Response.ok(service.list(request.caller(), people.named(request)).stream()
                .map(skill -> new UserSkillMetadata(
                        skill.id(), skill.name(), skill.description(), skill.createdAt(), skill.updatedAt()))
                .toList());
    }

    private Response create(Request request) {
        UserId owner = people.named(request);
        service.requireMayCreate(request.caller(), owner);
        String content = request.body(CreateUserSkillRequest.class).content();
        return Response.json(201, wire(service.create(request.caller(), owner, () -> SkillDocument.parse(content))));
    }

    private Response get(Request request) {
        return Response.ok(wire(service.get(request.caller(), people.named(request), request.path("skillName"))));
    }

    private Response update(Request request) {
        UserId owner = people.named(request);
        service.get(request.caller(), owner, request.path("skillName"));
        String content = request.body(UpdateUserSkillRequest.class).content();
        return Response.ok(wire(service.update(
                request.caller(), owner, request.path("skillName"), () -> SkillDocument.parse(content))));
    }

    private Response delete(Request request) {
        service.delete(request.caller(), people.named(request), request.path("skillName"));
        return Response.empty(204);
    }

    private static UserSkill wire(UserSkillRecord skill) {
        return new UserSkill(
                skill.id(), skill.name(), skill.description(), skill.content(), skill.createdAt(), skill.updatedAt());
    }
}
