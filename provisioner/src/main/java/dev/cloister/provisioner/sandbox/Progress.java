package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.BuildCanceledException;
import dev.cloister.provisioner.BuildLog;
import dev.cloister.provisioner.BuildLog.Level;
import dev.cloister.provisioner.Cancellation;
import java.time.Duration;

/** Tells how one build goes, step by step, and asks before each whether to go on. */
final class Progress {
    private final BuildLog log;
    private final Cancellation cancellation;
    private String stage = "Workspace";
    private long began = System.nanoTime();

    Progress(BuildLog log, Cancellation cancellation) {
        this.log = log;
        this.cancellation = cancellation;
    }

    /** For work that nobody asked for and nobody can cancel. */
    static Progress silent() {
        return new Progress((level, stage, text) -> {}, Cancellation.NEVER);
    }

    void step(String name) throws BuildCanceledException {
        cancellation.check();
        stage = name;
        began = System.nanoTime();
    }

    void check() throws BuildCanceledException {
        cancellation.check();
    }

    void say(String text) {
        say(Level.INFO, text);
    }

    void say(Level level, String text) {
        log.line(level, stage, text);
    }

    /** Says that the step is over, with the time it took. */
    void done(String text) {
        var millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        say(Level.INFO, text + " (" + millis + " ms)");
    }
}
