package dev.cloister.provisioner;

/** Where a build tells how it goes. Called from the building thread; must not throw. */
@FunctionalInterface
public interface BuildLog {
    /**
     * Tells one line.
     *
     * @param stage a short heading under which lines are grouped, such as "Home volume"
     * @param text one line, without secrets
     */
    void line(Level level, String stage, String text);

    /** How much a line matters. */
    enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }
}
