package dev.cloister.server.access;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.access.ReferenceModel.Person;
import dev.cloister.server.access.ReferenceModel.Place;
import dev.cloister.server.access.ReferenceModel.Thing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the reference model spells out in texts, as the product's own values. */
final class Spelled {
    private Spelled() {}

    static Action action(String name) {
        return Action.parse(name).orElseThrow();
    }

    static ResourceType type(String name) {
        return ResourceType.parse(name).orElseThrow();
    }

    static Subject subject(Person person) {
        var organizations = new HashMap<UUID, Assignments.InOrganization>();
        person.organizations().forEach((id, place) -> organizations.put(UUID.fromString(id), place(id, place)));
        var site = new CustomRole(
                "site",
                "",
                null,
                AuthorizationPropertyTest.permissions(person.site()),
                AuthorizationPropertyTest.permissions(person.user()),
                List.of(),
                List.of());
        var allowed = new AllowList(person.allowed().stream()
                .map(entry -> AllowList.Entry.parse(entry.get(0), entry.get(1)).orElseThrow())
                .toList());
        return new Subject(
                new Assignments(
                        UUID.fromString(person.id()),
                        "somebody",
                        person.machine(),
                        new GivenRoles(roles(person.siteRoles()), List.of(site)),
                        organizations,
                        person.groups().stream().map(UUID::fromString).collect(Collectors.toSet()),
                        new DeploymentRules(person.ownerWorkspaceAccess(), person.workspaceSharing())),
                Scope.parse(person.scopes(), allowed).orElseThrow());
    }

    private static Assignments.InOrganization place(String id, Place place) {
        var custom = new CustomRole(
                "here",
                "",
                UUID.fromString(id),
                List.of(),
                List.of(),
                AuthorizationPropertyTest.permissions(place.all()),
                AuthorizationPropertyTest.permissions(place.mine()));
        return new Assignments.InOrganization(
                new GivenRoles(roles(place.roles()), List.of(custom)),
                Sharing.parse(place.sharing()).orElseThrow());
    }

    private static Set<Role> roles(List<String> names) {
        return names.stream().map(name -> Role.parse(name).orElseThrow()).collect(Collectors.toSet());
    }

    /** As the product reads them from their rows. */
    static ResourceFacts facts(Thing thing) {
        ResourceType type = type(thing.type());
        UUID id = UUID.fromString(thing.id());
        if (type == ResourceType.WORKSPACE && thing.dormant()) {
            return ResourceFacts.of(
                    ResourceType.WORKSPACE_DORMANT, id, uuid(thing.organization()), uuid(thing.owner()));
        }
        return new ResourceFacts(
                type,
                id,
                uuid(thing.organization()),
                uuid(thing.owner()),
                AccessList.parse(json(thing.userAcl()), json(thing.groupAcl())));
    }

    static String json(Map<String, List<String>> acl) {
        return ApiJson.mapper().writeValueAsString(acl);
    }

    private static @Nullable UUID uuid(String text) {
        return text.isEmpty() ? null : UUID.fromString(text);
    }
}
