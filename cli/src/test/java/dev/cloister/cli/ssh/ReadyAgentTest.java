package dev.cloister.cli.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.session.ConfigDirectory;
import dev.cloister.cli.testing.Samples;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.Workspace;
import dev.cloister.contract.api.WorkspaceAgentStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ReadyAgentTest {
    private static Optional<UUID> ready(Workspace workspace, String name) {
        var json = ApiJson.mapper().readTree(ApiJson.mapper().writeValueAsBytes(workspace));
        return ReadyAgent.in(json, Optional.ofNullable(name));
    }

    @Test
    void theOnlyAgentOrTheNamedOneIsFound() {
        var workspace =
                Samples.workspace("dev", Samples.running(Samples.agent("main", WorkspaceAgentStatus.CONNECTED)));
        assertThat(ready(workspace, null)).contains(Samples.AGENT);
        assertThat(ready(workspace, "main")).contains(Samples.AGENT);
        assertThat(ready(workspace, "other")).isEmpty();
    }

    @Test
    void whatNeedsWaitingOrAChoiceIsNotReady() {
        var connected = Samples.agent("main", WorkspaceAgentStatus.CONNECTED);
        assertThat(ready(Samples.workspace("dev", Samples.stopped()), null)).isEmpty();
        assertThat(ready(Samples.workspace("dev", Samples.running()), null)).isEmpty();
        var connecting = Samples.agent("main", WorkspaceAgentStatus.CONNECTING);
        assertThat(ready(Samples.workspace("dev", Samples.running(connecting)), null))
                .isEmpty();
        var two = Samples.running(connected, Samples.agent("second", WorkspaceAgentStatus.CONNECTED));
        assertThat(ready(Samples.workspace("dev", two), null)).isEmpty();
        assertThat(ReadyAgent.in(ApiJson.mapper().readTree("{}"), Optional.empty()))
                .isEmpty();
    }

    @Test
    void theShortWayRecognizesWhatWeWriteAndNothingElse() {
        var config = new ConfigDirectory(Path.of("/c"));
        var words = new ArrayList<>(ProxyCommand.bySuffix(config, "cloister"));
        words.add("dev.cloister");
        var own = words.subList(OwnProgram.words().size(), words.size());
        assertThat(ProxyCommand.of(own.toArray(String[]::new))).isPresent();
        assertThat(ProxyCommand.of("ssh", "--stdio", "dev")).isEmpty();
        own.set(0, "--url");
        assertThat(ProxyCommand.of(own.toArray(String[]::new))).isEmpty();
    }
}
