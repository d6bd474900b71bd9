package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.Cancellation;
import dev.cloister.provisioner.Transition;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;

/** An engine in a process of its own that starts, stops and deletes one workspace until somebody kills it. */
public final class BuildForever {
    private BuildForever() {}

    /** @param arguments the lab's directory and the workspace */
    public static void main(String[] arguments) throws Exception {
        var workspace = UUID.fromString(arguments[1]);
        var lab = new Lab(Path.of(arguments[0]));
        lab.engine().reconcile(Set.of(), Set.of());
        System.out.println("begun");
        while (true) {
            for (var transition :
                    new Transition[] {Transition.START, Transition.STOP, Transition.START, Transition.DELETE}) {
                lab.engine().build(lab.order(workspace, transition, Lab.SMALL), Lab.silent(), Cancellation.NEVER);
            }
        }
    }
}
