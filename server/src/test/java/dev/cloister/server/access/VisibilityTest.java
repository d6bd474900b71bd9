package dev.cloister.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.testing.TestDatabase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The decision on one object and the predicate of a list agree, whoever asks: random people against random rows. */
class VisibilityTest {
    private static final long SEED = 20_261_121;
    private static final int PEOPLE = 300;
    private static final int ROWS = 400;

    private final Random random = new Random(SEED);
    private final List<UUID> organizations = ids(4);
    private final List<UUID> owners = ids(6);

    private static List<UUID> ids(int count) {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < count; i++) {
            ids.add(new UUID(7, i + 1L));
        }
        return ids;
    }

    private record Row(UUID id, UUID organization, UUID owner, boolean everyoneReads) {}

    @Test
    void theListShowsExactlyWhatTheDecisionAllows() {
        var authorizer = new Authorizer(new OwnershipRepository());
        try (var database = TestDatabase.create()) {
            List<Row> rows = rows(database);
            for (int i = 0; i < PEOPLE; i++) {
                Subject subject = person();
                var caller = new Caller.User(subject, "key", Origin.internal());
                for (ResourceType type : List.of(ResourceType.WORKSPACE, ResourceType.TEMPLATE)) {
                    Set<UUID> expected = rows.stream()
                            .filter(row -> subject.may(Action.READ, facts(type, row)))
                            .map(Row::id)
                            .collect(Collectors.toSet());
                    Set<UUID> listed = database.database().read(tx -> list(tx, authorizer, caller, type));
                    assertThat(listed)
                            .as("seed %d, person %d, %s", SEED, i, type)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static ResourceFacts facts(ResourceType type, Row row) {
        long bits = ResourceType.bits(Action.READ, Action.USE);
        return new ResourceFacts(
                type,
                row.id(),
                row.organization(),
                type == ResourceType.TEMPLATE ? null : row.owner(),
                row.everyoneReads()
                        ? new AccessList(Map.of(), Map.of(row.organization(), bits))
                        : AccessList.NONE);
    }

    private static Set<UUID> list(ReadTx tx, Authorizer authorizer, Caller caller, ResourceType type) {
        boolean template = type == ResourceType.TEMPLATE;
        var columns = new Visibility.Columns(
                "r.id", "r.organization_id", template ? "" : "r.owner_id", "r");
        Visibility visibility = authorizer.visible(caller, type, columns);
        return Set.copyOf(visibility
                .bind(tx.query("SELECT r.id FROM rows r WHERE " + visibility.sql()))
                .mapTo(UUID.class)
                .list());
    }

    private List<Row> rows(TestDatabase database) {
        database.execute("CREATE TABLE rows (id uuid, organization_id uuid, owner_id uuid, group_acl jsonb,"
                + " user_acl jsonb NOT NULL DEFAULT '{}')");
        var rows = new ArrayList<Row>();
        for (int i = 0; i < ROWS; i++) {
            var row = new Row(new UUID(9, i), pick(organizations), pick(owners), random.nextBoolean());
            rows.add(row);
            String acl = row.everyoneReads() ? "{\"" + row.organization() + "\": [\"read\", \"use\"]}" : "{}";
            database.execute("INSERT INTO rows VALUES ('" + row.id() + "', '" + row.organization() + "', '"
                    + row.owner() + "', '" + acl + "')");
        }
        return rows;
    }

    private Subject person() {
        Map<UUID, Assignments.InOrganization> memberships = new HashMap<>();
        organizations.stream()
                .filter(ignored -> random.nextInt(3) == 0)
                .forEach(organization -> memberships.put(
                        organization,
                        new Assignments.InOrganization(roles(Role.Level.ORGANIZATION, 3), Sharing.EVERYONE)));
        Scope scope = switch (random.nextInt(4)) {
            case 0 -> Scope.parse(List.of("workspace:read")).orElseThrow();
            case 1 -> Scope.parse(List.of("template:*", "workspace:start")).orElseThrow();
            default -> Scope.ALL;
        };
        return new Subject(
                Assignments.of(pick(owners), "someone", roles(Role.Level.SITE, 6), memberships), scope);
    }

    private GivenRoles roles(Role.Level level, int rarity) {
        var roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (role.level() == level && random.nextInt(rarity) == 0) {
                roles.add(role);
            }
        }
        return new GivenRoles(roles, List.of());
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
