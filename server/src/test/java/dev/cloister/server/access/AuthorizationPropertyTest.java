package dev.cloister.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.access.ReferenceModel.Line;
import dev.cloister.server.access.ReferenceModel.Person;
import dev.cloister.server.access.ReferenceModel.Thing;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.testing.TestDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random (person, thing, action) cases on which three agree: the decision, the predicate of lists in SQL, and a slow
 * model written from the documentation. {@code AUTHORIZATION_CASES} says how many, {@code AUTHORIZATION_SEED} repeats a
 * run; {@code make property} does a million.
 */
class AuthorizationPropertyTest {
    /** Few, so that most of the cases are other people with other questions. */
    private static final int THINGS = 50;

    private static final int QUESTIONS_OF_ONE_PERSON = 20;

    private final long seed = Optional.ofNullable(System.getenv("AUTHORIZATION_SEED"))
            .map(Long::parseLong)
            .orElseGet(System::nanoTime);
    private final int cases = Optional.ofNullable(System.getenv("AUTHORIZATION_CASES"))
            .map(Integer::parseInt)
            .orElse(100_000);
    private final RandomCases random = new RandomCases(seed);

    @Test
    void theDecisionTheListAndTheDocumentationAgree() {
        System.out.println("authorization: " + cases + " cases with AUTHORIZATION_SEED=" + seed);
        var authorizer = new Authorizer(new OwnershipRepository());
        long allowed = 0;
        try (var database = TestDatabase.create()) {
            List<Thing> things = random.things(THINGS);
            store(database, things);
            for (int done = 0; done < cases; ) {
                Person person = random.person();
                var documentation = new ReferenceModel(person);
                Subject subject = Spelled.subject(person);
                var caller = new Caller.User(subject, "key", Origin.internal());
                for (int i = 0; i < QUESTIONS_OF_ONE_PERSON && done < cases; i++, done += things.size()) {
                    String type = random.type(person);
                    String action = random.action(person, type);
                    Set<String> documented = things.stream()
                            .map(thing -> as(type, thing))
                            .filter(thing -> documentation.may(action, thing))
                            .map(Thing::id)
                            .collect(Collectors.toSet());
                    Set<String> decided = things.stream()
                            .filter(thing -> subject.may(Spelled.action(action), Spelled.facts(as(type, thing))))
                            .map(Thing::id)
                            .collect(Collectors.toSet());
                    Set<String> listed = database.database().read(tx -> list(tx, authorizer, caller, action, type));
                    assertSame(decided, documented, "decision and documentation", person, action, type);
                    assertSame(listed, documented, "list and documentation", person, action, type);
                    allowed += documented.size();
                }
            }
        }
        assertThat(allowed).as("cases that are allowed, of %d", cases).isBetween(cases / 50L, cases * 49L / 50);
    }

    private void assertSame(
            Set<String> seen, Set<String> expected, String what, Person person, String action, String type) {
        if (!seen.equals(expected)) {
            var more = new HashSet<>(seen);
            more.removeAll(expected);
            var less = new HashSet<>(expected);
            less.removeAll(seen);
            throw new AssertionError(what + " differ on " + action + " " + type + "; too many: "
                    + more.stream().limit(3).toList() + ", too few: "
                    + less.stream().limit(3).toList() + "; AUTHORIZATION_SEED=" + seed + "; " + person);
        }
    }

    private static Thing as(String type, Thing thing) {
        return new Thing(
                type,
                thing.id(),
                thing.organization(),
                thing.owner(),
                thing.userAcl(),
                thing.groupAcl(),
                thing.dormant());
    }

    private static Set<String> list(ReadTx tx, Authorizer authorizer, Caller caller, String action, String type) {
        var columns = new Visibility.Columns("r.id", "r.organization_id", "r.owner_id", "r").dormant("r.dormant");
        Visibility visibility = authorizer.visible(caller, Spelled.action(action), Spelled.type(type), columns);
        return visibility
                .bind(tx.query("SELECT r.id FROM things r WHERE " + visibility.sql()))
                .mapTo(UUID.class)
                .map(UUID::toString)
                .collect(Collectors.toSet());
    }

    private static void store(TestDatabase database, List<Thing> things) {
        database.execute("CREATE TABLE things (id uuid PRIMARY KEY, organization_id uuid, owner_id uuid,"
                + " user_acl jsonb NOT NULL, group_acl jsonb NOT NULL, dormant boolean NOT NULL)");
        String rows = things.stream()
                .map(thing -> "('" + thing.id() + "', " + quoted(thing.organization()) + ", " + quoted(thing.owner())
                        + ", '" + Spelled.json(thing.userAcl()) + "', '" + Spelled.json(thing.groupAcl()) + "', "
                        + thing.dormant() + ")")
                .collect(Collectors.joining(", "));
        database.execute("INSERT INTO things VALUES " + rows);
    }

    private static String quoted(String id) {
        return id.isEmpty() ? "NULL" : "'" + id + "'";
    }

    /** The permissions of a custom role in the words of both sides. */
    static List<Permission> permissions(List<Line> lines) {
        return lines.stream()
                .map(line -> Permission.parse(line.negate(), line.type(), line.action())
                        .orElseThrow())
                .toList();
    }
}
