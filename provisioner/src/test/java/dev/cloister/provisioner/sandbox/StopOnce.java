package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.Cancellation;
import dev.cloister.provisioner.Transition;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;

/** An engine in a process of its own that stops a running workspace, if nobody kills it before. */
public final class StopOnce {
    private StopOnce() {}

    /** @param arguments the lab's directory and the workspace */
    public static void main(String[] arguments) throws Exception {
        var workspace = UUID.fromString(arguments[1]);
        var lab = new Lab(Path.of(arguments[0]));
        lab.engine().reconcile(Set.of(workspace), Set.of());
        System.out.println("begun");
        lab.engine().build(lab.order(workspace, Transition.STOP, Lab.SMALL), Lab.silent(), Cancellation.NEVER);
    }
}
