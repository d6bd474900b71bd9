package dev.cloister.cli.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.cli.testing.FakeCloister.Answer;
import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.CreateFirstUserRequest;
import dev.cloister.contract.api.CreateFirstUserResponse;
import dev.cloister.contract.api.LoginWithPasswordRequest;
import dev.cloister.contract.api.LoginWithPasswordResponse;
import dev.cloister.contract.api.SecretText;
import dev.cloister.contract.api.ValidationError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoginCommandTest {
    private static final String TOKEN = "abcdefghij-0123456789012345678901";

    @TempDir
    Path directory;

    private FakeCloister server;
    private Cli cli;

    @BeforeEach
    void start() throws Exception {
        server = new FakeCloister();
        server.answer("GET", "/api/v2/users/first", ApiError.of("The initial user has already been created!"));
        server.answer(
                "POST", "/api/v2/users/login", Answer.json(201, new LoginWithPasswordResponse(new SecretText(TOKEN))));
        cli = new Cli(CliMain::run, directory);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aTokenFromTheStandardInputIsCheckedAndKept() throws Exception {
        var result = cli.runWith(TOKEN + "\n", "login", server.url().toString(), "--token-stdin");
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("You are alice at " + server.url() + ".\n");
        assertThat(Files.readString(cli.config().resolve("session"))).isEqualTo(TOKEN + "\n");
        var call = server.calls("GET", "/api/v2/users/me").getFirst();
        assertThat(call.headers())
                .containsEntry("coder-session-token", TOKEN)
                .containsEntry("x-requested-with", "cloister");
        assertThat(call.headers().get("user-agent")).startsWith("cloister/");
    }

    @Test
    void aTokenThatTheServerRefusesIsNotKept() {
        server.answer("GET", "/api/v2/users/me", Answer.error(401, "API key is invalid."));
        var result = cli.runWith(TOKEN, "login", server.url().toString(), "--token-stdin");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("API key is invalid.");
        assertThat(cli.config().resolve("session")).doesNotExist();
    }

    @Test
    void aPasswordFromTheStandardInputBeginsASession() {
        var result = cli.runWith(
                "pässword with spaces \n",
                "login",
                server.url().toString(),
                "--email",
                "a@example.com",
                "--password-stdin");
        assertThat(result.code()).isZero();
        var sent = server.calls("POST", "/api/v2/users/login").getFirst().as(LoginWithPasswordRequest.class);
        assertThat(sent.email()).isEqualTo("a@example.com");
        assertThat(sent.password().reveal()).isEqualTo("pässword with spaces ");
    }

    @Test
    void noSecretIsTakenAsAnArgument() {
        assertThat(cli.run("login", server.url().toString(), "--token", TOKEN).code())
                .isEqualTo(2);
        assertThat(cli.run("login", server.url().toString(), "--password", "x").code())
                .isEqualTo(2);
        assertThat(cli.run("--token", TOKEN, "list").code()).isEqualTo(2);
    }

    @Test
    void nothingIsAskedWithoutATerminal() {
        var result = cli.run("login", server.url().toString());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--token-stdin").contains("--password-stdin");
        assertThat(cli.run("login").code()).isEqualTo(2);
        assertThat(cli.run("login", server.url().toString(), "--token-stdin").err())
                .contains("no token on the standard input");
    }

    @Test
    void theFirstAdministratorOfAnEmptyServerIsCreated() {
        server.answer("GET", "/api/v2/users/first", Answer.error(404, "The initial user has not been created!"));
        server.answer(
                "POST",
                "/api/v2/users/first",
                Answer.json(201, new CreateFirstUserResponse(new UUID(1, 1), new UUID(1, 2))));
        cli.with("CLOISTER_SETUP_TOKEN", "setup");
        var result = cli.runWith(
                "secret\n",
                "login",
                server.url().toString(),
                "--first-user-name",
                "alice",
                "--email",
                "a@example.com",
                "--password-stdin");
        assertThat(result.err()).contains("first administrator");
        assertThat(result.code()).isZero();
        var sent = server.calls("POST", "/api/v2/users/first").getFirst().as(CreateFirstUserRequest.class);
        assertThat(sent.username()).isEqualTo("alice");
        assertThat(sent.setupToken()).isEqualTo(new SecretText("setup"));
        assertThat(server.calls("POST", "/api/v2/users/login").getFirst().text())
                .contains("\"password\":\"secret\"");
    }

    @Test
    void anEmptyServerWithoutATerminalSaysWhatToGive() {
        server.answer("GET", "/api/v2/users/first", Answer.error(404, "The initial user has not been created!"));
        var result = cli.runWith("secret", "login", server.url().toString(), "--password-stdin");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--first-user-name");
    }

    @Test
    void whatIsWrongWithAFieldIsShownWithoutControlCharacters() {
        var error = new ApiError(
                "Validation failed.", "see below", List.of(new ValidationError("email", "\033[31mnot one")));
        server.answer("POST", "/api/v2/users/login", Answer.json(400, error));
        var result = cli.runWith("x", "login", server.url().toString(), "--email", "a", "--password-stdin");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("Validation failed.\n  email: not one\n  see below\n");
    }

    @Test
    void aRedirectIsNotFollowedAndTheTokenStaysHere() throws Exception {
        try (var other = new FakeCloister()) {
            server.answer(
                    "GET",
                    "/api/v2/users/me",
                    new Answer(307, Map.of("Location", other.url() + "/api/v2/users/me"), new byte[0]));
            var result = cli.runWith(TOKEN, "login", server.url().toString(), "--token-stdin");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).contains("redirects to " + other.url());
            assertThat(other.calls()).isEmpty();
        }
    }

    @Test
    void loggingOutEndsTheSessionHereAndThere() {
        cli.runWith(TOKEN, "login", server.url().toString(), "--token-stdin");
        server.answer("POST", "/api/v2/users/logout", ApiError.of("Logged out!"));
        assertThat(cli.run("logout").code()).isZero();
        assertThat(server.calls("POST", "/api/v2/users/logout")).hasSize(1);
        assertThat(cli.config().resolve("session")).doesNotExist();
        assertThat(cli.run("whoami").code()).isEqualTo(1);
        assertThat(cli.run("whoami").err()).contains("cloister login " + server.url());
    }

    @Test
    void whoAmISpeaksToPeopleAndPrograms() {
        cli.loggedInTo(server.url());
        assertThat(cli.run("whoami").out()).isEqualTo("You are alice at " + server.url() + ".\n");
        assertThat(cli.run("whoami", "-o", "json").out()).contains("\"username\" : \"alice\"");
    }
}
