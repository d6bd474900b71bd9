package dev.cloister.provisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written where, on directories that stand in for the kernel's; the real ones are in the tests of limits. */
class ControlGroupsTest {
    private static final Limits LIMITS = new Limits(1500, 256 << 20, 1 << 30, 100);

    @TempDir
    Path root;

    private final UUID workspace = UUID.randomUUID();

    @Test
    void versionTwoLimitsMemorySwapProcessesAndProcessors() throws Exception {
        var groups = groups(new VersionTwoLimits());
        var box = root.resolve(workspace.toString()).resolve("box");
        Files.createDirectories(box);
        Files.createFile(box.resolve("memory.swap.max"));
        Files.createFile(box.resolve("memory.oom.group"));
        var placement = groups.prepare(workspace, LIMITS);
        assertThat(box.resolve("memory.max")).hasContent("268435456");
        assertThat(box.resolve("memory.swap.max")).hasContent("0");
        assertThat(box.resolve("memory.oom.group")).hasContent("1");
        assertThat(box.resolve("pids.max")).hasContent("100");
        assertThat(box.resolve("cpu.max")).hasContent("150000 100000");
        assertThat(root.resolve("cgroup.subtree_control")).hasContent("+memory +pids +cpu");
        assertThat(placement.box()).containsExactly(box);
        assertThat(placement.keep()).containsExactly(box.resolveSibling("keep"));
        assertThat(groups.present()).containsExactly(workspace);
    }

    @Test
    void versionOneLimitsMemoryTogetherWithSwap() throws Exception {
        var groups = groups(new VersionOneLimits());
        var box = root.resolve(workspace.toString()).resolve("box");
        Files.createDirectories(box);
        Files.writeString(box.resolve("memory.memsw.limit_in_bytes"), "9223372036854771712");
        groups.prepare(workspace, LIMITS);
        assertThat(box.resolve("memory.limit_in_bytes")).hasContent("268435456");
        assertThat(box.resolve("memory.memsw.limit_in_bytes")).hasContent("268435456");
        assertThat(box.resolve("cpu.cfs_quota_us")).hasContent("150000");
    }

    private ControlGroups groups(ControlGroups.LimitFiles files) {
        var controllers = new EnumMap<Resource, Path>(Resource.class);
        for (var resource : Resource.values()) {
            controllers.put(resource, root);
        }
        return new ControlGroups(controllers, files);
    }

    @Test
    void anOrdinaryUserGetsTheTopmostGroupDelegatedToIt() throws Exception {
        var own = root.resolve("user.slice/user@1000.service/app.slice/server.scope");
        Files.createDirectories(own);
        for (var group = own; !group.equals(root); group = group.getParent()) {
            Files.createFile(group.resolve("cgroup.procs"));
            Files.writeString(group.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
        }
        Files.delete(root.resolve("user.slice/cgroup.procs"));
        Files.createDirectories(root.resolve("user.slice/user@1000.service/cloister-x"));
        Files.writeString(
                root.resolve("user.slice/user@1000.service/cloister-x/cgroup.controllers"), "cpu memory pids\n");
        var mounts = Files.writeString(root.resolve("mounts"), "cgroup2 " + root + " cgroup2 rw,nosuid 0 0\n");
        var ownGroups =
                Files.writeString(root.resolve("own"), "0::/user.slice/user@1000.service/app.slice/server.scope\n");
        var groups = new ControlGroupFinder(mounts, ownGroups).find("cloister-x", Privilege.USER);
        assertThat(groups.enforced()).containsExactlyInAnyOrder(Resource.values());
        groups.prepare(workspace, LIMITS);
        assertThat(root.resolve("user.slice/user@1000.service/cloister-x").resolve(workspace.toString()))
                .isDirectory();
    }

    @Test
    void withoutControlGroupsNothingIsClaimed() throws Exception {
        var mounts = Files.writeString(root.resolve("mounts"), "proc /proc proc rw 0 0\n");
        var groups = new ControlGroupFinder(mounts, mounts).find("cloister-x", Privilege.ROOT);
        assertThat(groups.enforced()).isEmpty();
        assertThat(groups.prepare(workspace, LIMITS).box()).isEmpty();
    }
}
