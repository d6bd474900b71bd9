package dev.cloister.provisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostProbeTest {
    @Test
    void whatForbidsSandboxesIsNamedWithItsRemedy() {
        assertThat(HostProbe.explain("bwrap: No permissions", "0", null, null))
                .contains("kernel.unprivileged_userns_clone=1");
        assertThat(HostProbe.explain("bwrap: x", null, "0", null)).contains("user.max_user_namespaces=15000");
        assertThat(HostProbe.explain("bwrap: setting up uid map: Permission denied", "1", "9", "1"))
                .contains("AppArmor");
        assertThat(HostProbe.explain("bwrap: Can't mount proc on /newroot/proc", "1", "9", "0"))
                .contains("systempaths=unconfined");
        assertThat(HostProbe.explain("bwrap: other", null, null, null)).endsWith("bubblewrap says: bwrap: other");
    }

    @Test
    void aHostWithoutLimitsSaysSoInSentences() {
        var host = new Host(Privilege.USER, Path.of("/usr/bin/bwrap"), false, ControlGroups.NONE, false, List.of());
        assertThat(host.report().notEnforced()).hasSize(4).allMatch(sentence -> sentence.endsWith("."));
        assertThat(host.report().usable()).isTrue();
    }

    @Test
    void theStageLiesWhereNothingOfOursIs() {
        assertThat(HostProbe.stage(Path.of("/mnt/data"))).isNotEqualTo(Path.of("/mnt"));
    }

    @Test
    void troubleIsSaidInSentences() {
        var data = Path.of("/data");
        assertThat(Trouble.explain(new IOException("/data/x: No space left on device"), data))
                .hasMessageContaining("free some");
        assertThat(Trouble.explain(new IOException("/data/x: Read-only file system"), data))
                .hasMessageContaining("mount it writable");
        assertThat(Trouble.explain(new AccessDeniedException("/data/x"), data)).hasMessageContaining("may not write");
    }

    @Test
    void aDataDirectoryThatCannotBeMadeIsNamed() {
        assertThatThrownBy(() -> Installation.open(Path.of("/proc/cloister")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The data directory /proc/cloister cannot be used");
    }
}
