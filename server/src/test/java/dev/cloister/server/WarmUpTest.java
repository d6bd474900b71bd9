package dev.cloister.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.provisioner.egress.EgressLog;
import dev.cloister.provisioner.sandbox.SandboxEngine;
import dev.cloister.provisioner.sandbox.SandboxSettings;
import dev.cloister.provisioner.sandbox.WorkspaceEvents;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
    @TempDir
    Path directory;

    @Test
    void theTemplateOfTheWarmUpIsAGoodOne() throws Exception {
        var settings = SandboxSettings.of(
                directory.resolve("data"), directory.resolve("agent"), URI.create("http://127.0.0.1:9"));
        try (var engine = SandboxEngine.open(settings, EgressLog.NONE, WorkspaceEvents.NONE, Clock.systemUTC())) {
            assertThat(WarmUp.check(engine)).isTrue();
        }
    }
}
