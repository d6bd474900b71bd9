package dev.cloister.agent.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.cloister.agent.RunningAgent;
import dev.cloister.contract.agent.Manifest;
import dev.cloister.contract.agent.Metadata;
import dev.cloister.contract.agent.WorkspaceAgentMetadata.Description;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class MetadataLoopTest {
    @TempDir
    Path home;

    private RunningAgent running;

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    @Test
    void aValueArrivesAgainAtItsInterval() {
        start(item("n", "echo x >> calls; wc -l < calls"));

        RunningAgent.until("three values have come", () -> values("n").size() >= 3);
        assertThat(values("n")).extracting(item -> item.getResult().getValue()).startsWith("1", "2", "3");
    }

    @Test
    void aScriptThatTakesTooLongIsAnErrorAndIsEnded() {
        start(item("slow", "echo $$ > pid; sleep 300"));

        RunningAgent.until("an error has come", () -> !values("slow").isEmpty());
        assertThat(values("slow").getFirst().getResult().getError()).isEqualTo("no value within 1 s");
    }

    @Test
    void aFailureIsAnErrorWithWhatTheScriptSaid() {
        start(item("bad", "echo part; echo broken >&2; exit 4"));

        RunningAgent.until("a result has come", () -> !values("bad").isEmpty());
        var result = values("bad").getFirst().getResult();
        assertThat(result.getValue()).isEqualTo("part");
        assertThat(result.getError()).isEqualTo("status 4: broken");
    }

    @Test
    void aValueIsBounded() {
        start(item("big", "head -c 1000000 /dev/zero | tr '\\0' x"));

        RunningAgent.until("a value has come", () -> !values("big").isEmpty());
        assertThat(values("big").getFirst().getResult().getValue()).hasSize(MetadataScript.MOST);
        assertThat(values("big").getFirst().getResult().getError()).isEmpty();
    }

    private void start(Description item) {
        running = new RunningAgent(home, Manifest.newBuilder().addMetadata(item).build());
    }

    private List<Metadata> values(String key) {
        return running.server.metadata.stream()
                .filter(item -> item.getKey().equals(key))
                .toList();
    }

    private static Description item(String key, String script) {
        return Description.newBuilder()
                .setKey(key)
                .setScript(script)
                .setInterval(Duration.newBuilder().setSeconds(1))
                .setTimeout(Duration.newBuilder().setSeconds(1))
                .build();
    }
}
