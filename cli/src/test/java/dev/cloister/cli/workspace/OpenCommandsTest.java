package dev.cloister.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.cli.testing.Samples;
import dev.cloister.contract.api.SSHConfigResponse;
import dev.cloister.contract.api.WorkspaceAgentStatus;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenCommandsTest {
    @TempDir
    Path directory;

    private FakeCloister server;
    private Cli cli;

    @BeforeEach
    void start() throws Exception {
        server = new FakeCloister();
        var agent = Samples.agent("main", WorkspaceAgentStatus.CONNECTED);
        server.answer("GET", "/api/v2/users/me/workspace/dev", Samples.workspace("dev", Samples.running(agent)));
        server.answer("GET", "/api/v2/deployment/ssh", new SSHConfigResponse("", "work", Map.of()));
        cli = new Cli(CliMain::run, directory).loggedInTo(server.url());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void theEditorIsSentToTheHostNameOfConfigSshAndGetsNoToken() {
        var result = cli.run("open", "vscode", "dev", "/home/dev/a b");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out().strip()).isEqualTo("vscode://vscode-remote/ssh-remote+dev.work/home/dev/a%20b");
    }

    @Test
    void aDirectoryBelowOneThatIsNotKnownYetIsRefused() {
        assertThat(cli.run("open", "vscode", "dev").out().strip())
                .isEqualTo("vscode://vscode-remote/ssh-remote+dev.work");
        assertThat(cli.run("open", "vscode", "dev", "src").code()).isEqualTo(2);
    }

    @Test
    void anAppThatIsNotThereIsSaid() {
        assertThat(cli.run("open", "app", "dev", "ide").err()).contains("This workspace has no apps.");
    }
}
