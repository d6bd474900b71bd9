package dev.cloister.server.access;

/**
 * What an id names within its {@link ResourceType}. A part has no rights of its own: whoever may do something to the
 * whole may do it to the part, so that a permit on a part is decided on the facts of the whole.
 */
public enum Part {
    WHOLE,
    /** Of a template; as long as it belongs to none, of the organization's templates as such. */
    TEMPLATE_VERSION,
    /** Of a workspace. */
    WORKSPACE_BUILD,
    /** Of a workspace. */
    WORKSPACE_AGENT
}
