package dev.cloister.provisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** What happens where no file system enforces the size of a home. */
class HomeSizeTest {
    @Test
    void aHomeThatOutgrowsItsLimitStopsItsWorkspaceAndIsKept() throws Exception {
        if (Lab.isRoot()) {
            // Here every home is a file system of its own; the ordinary user's run is the one that tells.
            return;
        }
        try (var lab = new Lab()) {
            var id = lab.started(Lab.SMALL);
            // Nobody measures while the home grows: half of it, or a workspace that is stopped meanwhile, tells
            // nothing.
            lab.leave();
            assertThat(lab.run(id, "head -c 80M /dev/zero > ~/big")).isEqualTo("status 0\n");
            lab.comeBack();
            lab.engine().reconcile(Set.of(id), Set.of());
            Lab.await("the event", Lab.PATIENCE, () -> lab.events.containsKey(id));
            assertThat(lab.events.get(id)).startsWith("DISK_EXCEEDED: The home holds 80 MiB, more than its 64 MiB");
            assertThat(lab.engine().running(id)).isFalse();
            assertThat(lab.workspace(id).volume().resolve("home/big")).hasSize(80 << 20);
        }
    }

    @Test
    void theReportSaysWhatIsNotEnforced() throws Exception {
        try (var lab = new Lab()) {
            var report = lab.engine().inspect();
            assertThat(report.usable()).isTrue();
            if (Lab.isRoot()) {
                assertThat(report.enforced()).contains("Every home is a file system of its own with a fixed size.");
            } else {
                assertThat(report.notEnforced())
                        .anyMatch(text -> text.startsWith("The size of a home is measured every half minute"))
                        .anyMatch(text -> text.startsWith("All workspaces run as the same host user"));
            }
        }
    }
}
