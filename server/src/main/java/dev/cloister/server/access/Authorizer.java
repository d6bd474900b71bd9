package dev.cloister.server.access;

import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides, in memory, and is the only maker of permits. */
public final class Authorizer {
    private final OwnershipRepository ownership;

    public Authorizer(OwnershipRepository ownership) {
        this.ownership = ownership;
    }

    /**
     * A permit to do {@code action} to the thing of this id.
     *
     * @throws Failure.NotFound where the caller may not read it, exactly as where it does not exist
     * @throws Failure.Forbidden where the caller may read it but not do this
     */
    public <I extends ResourceId> Permit<I> require(ReadTx tx, Caller caller, Action action, I id) {
        ResourceFacts facts = facts(tx, caller, id).orElseThrow(Failure.NotFound::new);
        if (caller.may(action, facts)) {
            return new Permit<>(caller, action, id, facts);
        }
        throw caller.may(Action.READ, facts) ? new Failure.Forbidden() : new Failure.NotFound();
    }

    /** The permit, or empty where the caller may not. */
    public <I extends ResourceId> Optional<Permit<I>> check(ReadTx tx, Caller caller, Action action, I id) {
        return facts(tx, caller, id)
                .filter(facts -> caller.may(action, facts))
                .map(facts -> new Permit<>(caller, action, id, facts));
    }

    /** Callers are people who exist and belong to themselves: of them nothing needs to be read. */
    private Optional<ResourceFacts> facts(ReadTx tx, Caller caller, ResourceId id) {
        boolean self = caller instanceof Caller.User user
                && id.type() == ResourceType.USER
                && id.part() == Part.WHOLE
                && id.value().equals(user.subject().id());
        return self
                ? Optional.of(ResourceFacts.of(ResourceType.USER, id.value(), null, id.value()))
                : ownership.facts(tx, id);
    }

    /**
     * A permit to create a thing of {@code type}.
     *
     * @throws Failure.Forbidden where the caller may not; the caller must already be able to see the organization
     */
    public CreatePermit requireCreate(
            Caller caller, ResourceType type, @Nullable UUID organization, @Nullable UUID owner) {
        var facts = ResourceFacts.of(type, null, organization, owner);
        if (!caller.may(Action.CREATE, facts)) {
            throw new Failure.Forbidden();
        }
        return new CreatePermit(caller, facts);
    }

    /**
     * A permit to do {@code action} to the things of {@code type} that belong to {@code owner}.
     *
     * @throws Failure.NotFound where the caller may not even read them
     * @throws Failure.Forbidden where the caller may read them but not do this
     */
    public OwnedPermit requireOwned(
            Caller caller, Action action, ResourceType type, @Nullable UUID organization, UUID owner) {
        var facts = ResourceFacts.of(type, null, organization, owner);
        if (caller.may(action, facts)) {
            return new OwnedPermit(caller, action, facts, owner);
        }
        throw caller.may(Action.READ, facts) ? new Failure.Forbidden() : new Failure.NotFound();
    }

    /**
     * Requires a right on a type as a whole (the audit log, the deployment's settings), which has no object with an id.
     *
     * @throws Failure.Forbidden where the caller has it nowhere
     */
    public void requireOnType(Caller caller, Action action, ResourceType type, @Nullable UUID organization) {
        if (!caller.may(action, ResourceFacts.of(type, null, organization, null))) {
            throw new Failure.Forbidden();
        }
    }

    /** What the caller can see in lists of {@code type}. */
    public Visibility visible(Caller caller, ResourceType type, Visibility.Columns columns) {
        return visible(caller, Action.READ, type, columns);
    }

    /** What the caller may do {@code action} to, in lists of {@code type}. */
    public Visibility visible(Caller caller, Action action, ResourceType type, Visibility.Columns columns) {
        var branches = new ArrayList<Visibility.Branch>();
        boolean dormancy = type == ResourceType.WORKSPACE && !columns.dormant().isEmpty();
        branches.add(new Visibility.Branch(
                dormancy ? "NOT (" + columns.dormant() + ")" : "", reach(caller, action, type), type.hasGrants()));
        if (dormancy) {
            var dormant = reach(caller, action, ResourceType.WORKSPACE_DORMANT);
            branches.add(new Visibility.Branch("(" + columns.dormant() + ")", dormant, false));
        }
        if (type == ResourceType.WORKSPACE && ResourceType.PREBUILT_WORKSPACE.knows(action)) {
            String prebuilt = columns.owner() + " = '" + ResourceFacts.PREBUILDS + "'"
                    + (dormancy ? " AND NOT (" + columns.dormant() + ")" : "");
            branches.add(
                    new Visibility.Branch(prebuilt, reach(caller, action, ResourceType.PREBUILT_WORKSPACE), false));
        }
        return new Visibility(branches, action, columns);
    }

    private static Reach reach(Caller caller, Action action, ResourceType type) {
        return switch (caller) {
            case Caller.User user -> user.subject().reach(action, type);
            case Caller.Job job ->
                job.rights().contains(new Caller.Right(type, action)) ? Reach.EVERYWHERE : Reach.NOWHERE;
            case Caller.Agent agent -> Reach.NOWHERE;
            case Caller.Anonymous anonymous -> Reach.NOWHERE;
        };
    }

    /** Whether the caller may do this to such a thing in any organization at all. */
    public static boolean mayInAny(Caller.User caller, Action action, ResourceType type, @Nullable UUID owner) {
        return caller.subject().mayInAny(action, type, owner);
    }

    /** Whether there can be any object at all on which the caller may do this: the early refusal of a route. */
    public static boolean mayEver(Caller caller, Action action, ResourceType type) {
        return switch (caller) {
            case Caller.User user ->
                user.subject().reach(action, type).isSomewhere(type.isOwnedOutsideOrganizations())
                        || (type == ResourceType.WORKSPACE
                                && (mayEver(caller, action, ResourceType.WORKSPACE_DORMANT)
                                        || mayEver(caller, action, ResourceType.PREBUILT_WORKSPACE)));
            case Caller.Job job -> job.rights().contains(new Caller.Right(type, action));
            case Caller.Agent agent -> type == ResourceType.WORKSPACE;
            case Caller.Anonymous anonymous -> false;
        };
    }
}
