package dev.cloister.server.access;

import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides, in memory, and is the only maker of permits. */
public final class Authorizer {
    private static final UUID NOBODY = new UUID(0, 0);

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
        ResourceFacts facts = ownership.facts(tx, id).orElseThrow(Failure.NotFound::new);
        if (caller.may(action, facts)) {
            return new Permit<>(caller, action, id, facts);
        }
        throw caller.may(Action.READ, facts) ? new Failure.Forbidden() : new Failure.NotFound();
    }

    /** The permit, or empty where the caller may not. */
    public <I extends ResourceId> Optional<Permit<I>> check(ReadTx tx, Caller caller, Action action, I id) {
        return ownership
                .facts(tx, id)
                .filter(facts -> caller.may(action, facts))
                .map(facts -> new Permit<>(caller, action, id, facts));
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
        return switch (caller) {
            case Caller.User user ->
                new Visibility(
                        user.subject().reach(Action.READ, type),
                        user.subject().id(),
                        user.subject().scope().only().toArray(UUID[]::new),
                        columns);
            case Caller.Job job ->
                new Visibility(
                        job.rights().contains(new Caller.Right(type, Action.READ)) ? Reach.EVERYWHERE : Reach.NOWHERE,
                        NOBODY,
                        new UUID[0],
                        columns);
            case Caller.Agent agent -> new Visibility(Reach.NOWHERE, NOBODY, new UUID[0], columns);
            case Caller.Anonymous anonymous -> new Visibility(Reach.NOWHERE, NOBODY, new UUID[0], columns);
        };
    }

    /** Whether there can be any object at all on which the caller may do this: the early refusal of a route. */
    public static boolean mayEver(Caller caller, Action action, ResourceType type) {
        return switch (caller) {
            case Caller.User user -> !user.subject().reach(action, type).isNowhere();
            case Caller.Job job -> job.rights().contains(new Caller.Right(type, action));
            case Caller.Agent agent -> type == ResourceType.WORKSPACE;
            case Caller.Anonymous anonymous -> false;
        };
    }
}
