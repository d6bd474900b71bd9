package dev.cloister.server.access;

/**
 * Proof that a caller may do one action to one thing. Only the {@link Authorizer} makes permits; repositories ask for
 * them instead of ids, and must say for which action they use them.
 */
public final class Permit<I extends ResourceId> {
    private final Caller caller;
    private final Action action;
    private final I id;
    private final ResourceFacts facts;

    Permit(Caller caller, Action action, I id, ResourceFacts facts) {
        this.caller = caller;
        this.action = action;
        this.id = id;
        this.facts = facts;
    }

    /** The id, for use in this action only. */
    public I idFor(Action use) {
        if (use != action) {
            throw new IllegalStateException("a permit to " + action + " was used to " + use);
        }
        return id;
    }

    public Caller caller() {
        return caller;
    }

    public Action action() {
        return action;
    }

    /** What the decision was made on. */
    public ResourceFacts facts() {
        return facts;
    }
}
