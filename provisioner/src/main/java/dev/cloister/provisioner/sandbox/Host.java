package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.HostReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this machine offers, found by trying.
 *
 * @param bubblewrap absent when it is not installed
 * @param forbidsNamespaces whether bubblewrap can forbid user namespaces inside
 * @param volumes whether homes can be file systems of their own, which have a size
 * @param problems why no workspace can run
 */
record Host(
        Privilege privilege,
        @Nullable Path bubblewrap,
        boolean forbidsNamespaces,
        ControlGroups groups,
        boolean volumes,
        List<String> problems) {
    Host {
        problems = List.copyOf(problems);
    }

    HostReport report() {
        var enforced = new ArrayList<String>();
        var missing = new ArrayList<String>();
        if (problems.isEmpty()) {
            enforced.add(
                    "Every workspace has its own PID, mount, network, IPC, UTS and user namespace, no capabilities, "
                            + "no new privileges, and a system call filter.");
            enforced.add(
                    "A workspace reaches the network through the forwarding proxy only, by the names on its list.");
            users(enforced, missing);
            processes(enforced, missing);
            disk(enforced, missing);
            if (!forbidsNamespaces) {
                enforced.add("New namespaces inside a workspace are refused by the system call filter alone; "
                        + "bubblewrap 0.8 or newer refuses them a second time.");
            }
        }
        return new HostReport(enforced, missing, problems);
    }

    private void users(List<String> enforced, List<String> missing) {
        if (privilege == Privilege.ROOT) {
            enforced.add("Every workspace runs as a host user of its own.");
        } else {
            missing.add("All workspaces run as the same host user as the server, because it is not root: only their "
                    + "namespaces keep them apart. Run the server as root to give each a user of its own.");
        }
    }

    private void processes(List<String> enforced, List<String> missing) {
        var limited = groups.enforced();
        if (limited.contains(Resource.MEMORY)) {
            enforced.add("Memory is limited for each workspace as a whole.");
        } else {
            missing.add("Memory is limited for each process only, not for a workspace as a whole, so one workspace can "
                    + "use up the host's memory. " + advice());
        }
        if (limited.contains(Resource.PROCESSES)) {
            enforced.add("The number of processes is limited for each workspace.");
        } else {
            enforced.add("The number of processes of a workspace is limited by its user's resource limit.");
        }
        if (limited.contains(Resource.CPU)) {
            enforced.add("Processor time is limited for each workspace.");
        } else {
            missing.add("Processor time is not limited: a busy workspace slows the others down. " + advice());
        }
    }

    private String advice() {
        return privilege == Privilege.ROOT
                ? "Mount control groups writable at /sys/fs/cgroup."
                : "Run the server as root, or in a systemd unit with Delegate=yes on a host with control groups "
                        + "version 2.";
    }

    private void disk(List<String> enforced, List<String> missing) {
        if (volumes) {
            enforced.add("Every home is a file system of its own with a fixed size.");
        } else {
            missing.add("The size of a home is measured every half minute and the workspace stopped when it is too "
                    + "large; until then it can fill the host's disk. "
                    + (privilege == Privilege.ROOT
                            ? "Install e2fsprogs and make loop devices available."
                            : "Run the server as root to give each home a file system of its own."));
        }
    }
}
