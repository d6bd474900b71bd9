package dev.cloister.provisioner;

/** What a build does to its workspace. */
public enum Transition {
    /** Runs it, creating or updating whatever is missing; the home is kept. */
    START,
    /** Ends all its processes and keeps the home. */
    STOP,
    /** Ends it and removes everything, home included. */
    DELETE
}
