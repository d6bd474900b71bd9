package dev.cloister.agent.workplace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.agent.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkplaceTest {
    @TempDir
    Path home;

    @Test
    void theWayOutIsInTheEnvironmentAndLoopbackGoesPastIt() {
        var environment = workplace(4000, Manifest.newBuilder()).environment(Map.of());

        assertThat(environment)
                .containsEntry("https_proxy", "http://127.0.0.1:4000")
                .containsEntry("HTTP_PROXY", "http://127.0.0.1:4000")
                .containsEntry("no_proxy", "localhost,127.0.0.1,::1");
        assertThat(workplace(0, Manifest.newBuilder()).environment(Map.of())).doesNotContainKey("http_proxy");
    }

    @Test
    void aTemplateSetsVariablesButNotTheAccountOrNonsense() {
        var manifest = Manifest.newBuilder()
                .putEnvironmentVariables("GOOD", "yes")
                .putEnvironmentVariables("HOME", "/elsewhere")
                .putEnvironmentVariables("BAD NAME", "x")
                .putEnvironmentVariables("1ST", "x")
                .putEnvironmentVariables("NUL", "a\0B=c");

        assertThat(workplace(0, manifest).environment(Map.of()))
                .containsEntry("GOOD", "yes")
                .containsEntry("HOME", home.toString())
                .doesNotContainKeys("BAD NAME", "1ST", "NUL");
    }

    @Test
    void theWorkingDirectoryIsMadeUnderHomeAndNowhereElse() {
        var inside = workplace(0, Manifest.newBuilder().setDirectory("~/src/project"));
        var outside = workplace(0, Manifest.newBuilder().setDirectory("/no/such/place"));
        var escaping = workplace(0, Manifest.newBuilder().setDirectory("~/../escaped"));

        assertThat(inside.directory()).isEqualTo(home.resolve("src/project")).isDirectory();
        assertThat(outside.loginShell(Map.of()).directory()).isEqualTo(home);
        assertThat(escaping.directory()).doesNotExist();
    }

    @Test
    void aLoginShellIsToldSoByItsName() {
        var workplace = workplace(0, Manifest.newBuilder());

        assertThat(workplace.loginShell(Map.of()).arguments()).isEqualTo(List.of("-sh"));
        assertThat(workplace.command("ls", Map.of()).arguments()).isEqualTo(List.of("sh", "-c", "ls"));
    }

    private Workplace workplace(int proxyPort, Manifest.Builder manifest) {
        var workplace = new Workplace(UserAccount.of("ada", home.toString(), "/bin/sh"), proxyPort);
        workplace.adopt(manifest.build());
        return workplace;
    }
}
