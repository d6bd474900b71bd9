package dev.cloister.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.contract.api.UserSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretCommandsTest {
    private static final String SECRETS = "/api/v2/users/me/secrets";
    private static final UserSecret SECRET =
            new UserSecret(UUID.randomUUID(), "token", "", "TOKEN", "~/.token", true, Instant.EPOCH, Instant.EPOCH);

    @TempDir
    Path directory;

    @Test
    void aValueComesFromTheInputAndGoesToTheServer() throws Exception {
        try (var server = new FakeCloister()) {
            server.answer("POST", SECRETS, SECRET);
            server.answer("PATCH", SECRETS + "/token", SECRET);
            server.answer("GET", SECRETS, List.of(SECRET));
            server.answer("DELETE", SECRETS + "/token", SECRET);
            var cli = new Cli(CliMain::run, directory).loggedInTo(server.url());

            var created = cli.runWith("hunter2\n", "secret", "create", "token", "--env", "TOKEN", "--value-stdin");
            var listed = cli.run("secret", "list");

            assertThat(created.code()).as(created.err()).isZero();
            assertThat(created.out()).doesNotContain("hunter2");
            assertThat(server.calls())
                    .anySatisfy(call ->
                            assertThat(call.text()).contains("\"hunter2\"").contains("\"TOKEN\""));
            assertThat(listed.out()).contains("token").contains("~/.token");
            assertThat(cli.run("secret", "disable", "token").code()).isZero();
            assertThat(cli.run("secret", "update", "token", "--description", "x")
                            .code())
                    .isZero();
            assertThat(cli.run("secret", "delete", "token").code()).isZero();
            assertThat(cli.run("secret", "create", "other").code()).isEqualTo(2);
        }
    }

    @Test
    void aFileIsTakenInTheFormItsNameTells() throws Exception {
        Path file = Files.writeString(directory.resolve("secrets.yaml"), "A: b\n");
        try (var server = new FakeCloister()) {
            server.answer("POST", SECRETS + "/batch", List.of(SECRET));
            var cli = new Cli(CliMain::run, directory).loggedInTo(server.url());

            var imported = cli.run("secret", "import", file.toString());

            assertThat(imported.code()).as(imported.err()).isZero();
            assertThat(server.calls())
                    .anySatisfy(call -> assertThat(call.text()).contains("\"yaml\""));
            assertThat(cli.run("secret", "import", "/no/such/file").code()).isEqualTo(2);
        }
    }
}
