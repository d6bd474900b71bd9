package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.BuildException;
import org.jspecify.annotations.Nullable;

/** The host as last found; one that was unusable is looked at again, because somebody may have mended it. */
final class HostView {
    private final HostProbe probe;
    private @Nullable Host host;

    HostView(HostProbe probe) {
        this.probe = probe;
    }

    synchronized Host current() throws InterruptedException {
        var known = host;
        if (known == null || !known.problems().isEmpty()) {
            known = probe.probe();
            host = known;
        }
        return known;
    }

    Host usable() throws BuildException, InterruptedException {
        var found = current();
        if (!found.problems().isEmpty()) {
            throw new BuildException(String.join(" ", found.problems()));
        }
        return found;
    }

    /** Leaves nothing behind that looking at the host has made. */
    synchronized void close() {
        if (host != null) {
            host.groups().tidy();
        }
    }

    /** Looks anew. */
    synchronized Host refreshed() throws InterruptedException {
        host = null;
        return current();
    }
}
