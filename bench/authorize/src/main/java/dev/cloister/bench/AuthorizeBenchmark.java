package dev.cloister.bench;

import dev.cloister.server.access.AccessList;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Assignments;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.GivenRoles;
import dev.cloister.server.access.Origin;
import dev.cloister.server.access.OwnershipRepository;
import dev.cloister.server.access.ResourceFacts;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Role;
import dev.cloister.server.access.Scope;
import dev.cloister.server.access.Subject;
import dev.cloister.server.access.Visibility;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decisions on workspaces that change with every call, so that nothing can be remembered: their own, other people's,
 * shared ones, in one's own organizations and in others.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AuthorizeBenchmark {
    private static final int THINGS = 1 << 12;
    private static final Visibility.Columns COLUMNS =
            new Visibility.Columns("w.id", "w.organization_id", "w.owner_id", "w").dormant("w.dormant_at IS NOT NULL");

    @Param({"1", "100"})
    int organizations = 1;

    private final Authorizer authorizer = new Authorizer(new OwnershipRepository());
    private final ResourceFacts[] things = new ResourceFacts[THINGS];
    private final Action[] actions = ResourceType.WORKSPACE.actions().toArray(new Action[0]);
    private Assignments given = Assignments.of(new UUID(0, 1), "somebody", GivenRoles.NONE, Map.of());
    private Caller.User caller = caller(given);
    private int next;

    private static Caller.User caller(Assignments given) {
        return new Caller.User(new Subject(given, Scope.ALL), "credential", Origin.internal());
    }

    @Setup
    public void prepare() {
        var random = new Random(1);
        var memberships = new HashMap<UUID, Assignments.InOrganization>();
        for (int i = 0; i < organizations; i++) {
            memberships.put(
                    new UUID(2, i),
                    Assignments.InOrganization.of(
                            Role.ORGANIZATION_WORKSPACE_ACCESS,
                            i % 10 == 0 ? Role.ORGANIZATION_ADMIN : Role.AGENTS_ACCESS));
        }
        UUID me = new UUID(1, 1);
        given = Assignments.of(me, "somebody", GivenRoles.NONE, memberships);
        caller = caller(given);
        for (int i = 0; i < THINGS; i++) {
            AccessList acl = i % 4 == 0
                    ? new AccessList(Map.of(new UUID(1, i % 3), 2L), Map.of(new UUID(2, i % 7), 2L))
                    : AccessList.NONE;
            things[i] = new ResourceFacts(
                    ResourceType.WORKSPACE,
                    new UUID(3, i),
                    new UUID(2, random.nextInt(organizations + 1)),
                    i % 3 == 0 ? me : new UUID(1, i),
                    acl);
        }
    }

    /** One decision for somebody who is known. */
    @Benchmark
    public boolean decision() {
        int i = next++;
        return caller.may(actions[i % actions.length], things[i & (THINGS - 1)]);
    }

    /** A decision for somebody who has only just been looked up. */
    @Benchmark
    public boolean subjectAndDecision() {
        int i = next++;
        return caller(given).may(actions[i % actions.length], things[i & (THINGS - 1)]);
    }

    /** The predicate of a list. */
    @Benchmark
    public String listFilter() {
        return authorizer
                .visible(caller, ResourceType.WORKSPACE, COLUMNS)
                .sql();
    }
}
