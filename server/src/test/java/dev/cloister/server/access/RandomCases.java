package dev.cloister.server.access;

import dev.cloister.server.access.ReferenceModel.Line;
import dev.cloister.server.access.ReferenceModel.Person;
import dev.cloister.server.access.ReferenceModel.Place;
import dev.cloister.server.access.ReferenceModel.Thing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** People and things at random, few enough of each kind that they often have to do with each other. */
final class RandomCases {
    private static final List<String> SITE_ROLES = List.of("owner", "auditor", "template-admin", "user-admin");
    private static final List<String> ORGANIZATION_ROLES = List.of(
            "organization-admin",
            "organization-auditor",
            "organization-user-admin",
            "organization-template-admin",
            "organization-workspace-creation-ban",
            "organization-workspace-access",
            "agents-access");
    /** Types that many rules speak of. */
    private static final List<String> RULED = List.of(
            "workspace",
            "workspace_dormant",
            "prebuilt_workspace",
            "template",
            "group",
            "organization_member",
            "user",
            "api_key");

    private static final List<String> ACTIONS = List.of(
            "create",
            "read",
            "update",
            "delete",
            "use",
            "ssh",
            "application_connect",
            "view_insights",
            "start",
            "stop",
            "assign",
            "unassign",
            "read_personal",
            "update_personal",
            "create_agent",
            "delete_agent",
            "update_agent",
            "share");

    private final Random random;
    private final List<String> organizations = ids(1, 5);
    private final List<String> people = ids(2, 6);
    private final List<String> groups = ids(3, 8);
    private final List<String> things = new ArrayList<>();

    RandomCases(long seed) {
        this.random = new Random(seed);
        people.add(ResourceFacts.PREBUILDS.toString());
    }

    private static List<String> ids(long kind, int count) {
        var ids = new ArrayList<String>();
        for (int i = 1; i <= count; i++) {
            ids.add(new UUID(kind, i).toString());
        }
        return ids;
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    private <T> List<T> some(int atMost, Supplier<T> maker) {
        var made = new ArrayList<T>();
        for (int i = random.nextInt(atMost + 1); i > 0; i--) {
            made.add(maker.get());
        }
        return made;
    }

    /** Often one that the person's own roles speak of, or one with many rules. */
    String type(Person person) {
        List<Line> lines = linesOf(person);
        String type = oneIn(2) && !lines.isEmpty() ? pick(lines).type() : "*";
        if (!type.equals("*")) {
            return type;
        }
        return pick(oneIn(2) ? RULED : ReferenceModel.typeNames());
    }

    /** Usually one that the type knows, and often one that the person's own roles speak of. */
    String action(Person person, String type) {
        if (oneIn(50)) {
            return pick(ACTIONS);
        }
        List<Line> lines = linesOf(person).stream()
                .filter(line -> line.type().equals(type) || line.type().equals("*"))
                .filter(line -> ReferenceModel.actionsOf(type).contains(line.action()))
                .toList();
        return oneIn(2) && !lines.isEmpty() ? pick(lines).action() : pick(ReferenceModel.actionsOf(type));
    }

    private static List<Line> linesOf(Person person) {
        var lines = new ArrayList<>(person.site());
        lines.addAll(person.user());
        person.organizations().values().forEach(place -> {
            lines.addAll(place.all());
            lines.addAll(place.mine());
        });
        return lines;
    }

    List<Thing> things(int count) {
        var made = new ArrayList<Thing>();
        for (int i = 0; i < count; i++) {
            String id = new UUID(9, i).toString();
            things.add(id);
            made.add(new Thing(
                    "template",
                    id,
                    oneIn(5) ? "" : pick(organizations),
                    oneIn(6) ? "" : pick(people),
                    oneIn(3) ? acl(people) : Map.of(),
                    oneIn(3) ? acl(oneIn(2) ? organizations : groups) : Map.of(),
                    oneIn(4)));
        }
        return made;
    }

    private Map<String, List<String>> acl(List<String> holders) {
        var acl = new HashMap<String, List<String>>();
        some(3, () -> pick(holders))
                .forEach(holder -> acl.put(holder, oneIn(4) ? List.of("*") : some(5, () -> pick(ACTIONS))));
        return acl;
    }

    Person person() {
        var places = new HashMap<String, Place>();
        for (String organization : organizations) {
            if (oneIn(2)) {
                places.put(organization, place());
            }
        }
        return new Person(
                pick(people),
                oneIn(4),
                oneIn(2) ? List.of() : some(2, () -> pick(SITE_ROLES)),
                oneIn(3) ? some(6, this::line) : List.of(),
                oneIn(3) ? some(6, this::line) : List.of(),
                places,
                some(3, () -> pick(groups)),
                !oneIn(3),
                !oneIn(4),
                oneIn(3) ? someScopes() : List.of("coder:all"),
                oneIn(4) ? someAllowed() : List.of(List.of("*", "*")));
    }

    private Place place() {
        return new Place(
                some(3, () -> pick(ORGANIZATION_ROLES)),
                oneIn(3) ? some(6, this::line) : List.of(),
                oneIn(3) ? some(6, this::line) : List.of(),
                pick(List.of("none", "everyone", "service_accounts")));
    }

    private Line line() {
        String type = oneIn(8) ? "*" : pick(ReferenceModel.typeNames());
        String action = oneIn(4) ? "*" : pick(type.equals("*") ? ACTIONS : ReferenceModel.actionsOf(type));
        return new Line(oneIn(3), type, action);
    }

    private List<String> someScopes() {
        var scopes = some(4, () -> {
            String type = pick(ReferenceModel.typeNames());
            return oneIn(3)
                    ? pick(ReferenceModel.compositeScopes())
                    : type + ":" + (oneIn(2) ? "*" : pick(ReferenceModel.actionsOf(type)));
        });
        scopes.add(pick(List.of("workspace:*", "template:*", "user:*", "coder:all")));
        return scopes;
    }

    private List<List<String>> someAllowed() {
        var allowed = some(5, () -> List.of(pick(ReferenceModel.typeNames()), oneIn(2) ? "*" : pick(things)));
        allowed.add(List.of(pick(List.of("workspace", "template", "user")), oneIn(2) ? "*" : pick(things)));
        return allowed;
    }
}
