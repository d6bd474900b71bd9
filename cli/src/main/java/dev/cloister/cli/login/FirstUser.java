package dev.cloister.cli.login;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.terminal.NobodyToAskException;
import dev.cloister.contract.api.CreateFirstUserRequest;
import dev.cloister.contract.api.LoginWithPasswordRequest;
import dev.cloister.contract.api.SecretText;
import dev.cloister.contract.client.ApiClient;
import dev.cloister.contract.client.ApiException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sets up a deployment that has no users yet. */
final class FirstUser {
    /** Reads a password from wherever it comes. */
    interface PasswordSource {
        SecretText read(String question) throws IOException, CommandException, NobodyToAskException;
    }

    private final CliContext context;
    private final ApiClient client;

    FirstUser(CliContext context, ApiClient client) {
        this.context = context;
        this.client = client;
    }

    /** Creates the first administrator and returns what they log in with. */
    LoginWithPasswordRequest create(String givenName, String givenEmail, PasswordSource passwords)
            throws IOException, CommandException, NobodyToAskException {
        var terminal = context.terminal();
        if (!terminal.interactive() && (givenName.isEmpty() || givenEmail.isEmpty())) {
            throw CommandException.usage(
                    "This server has no administrator yet. Open the set-up link that it printed, or give"
                            + " --first-user-name, --email and --password-stdin.");
        }
        terminal.say("This server has no users yet. You become its first administrator.");
        var name = givenName.isEmpty() ? terminal.ask("User name") : givenName;
        var email = givenEmail.isEmpty() ? terminal.ask("E-mail address") : givenEmail;
        var password = passwords.read("Password");
        if (terminal.interactive() && givenEmail.isEmpty() && !password.equals(passwords.read("Password again"))) {
            throw CommandException.failure("The two passwords differ. Nothing was changed.");
        }
        var setupToken = setupTokenOfEnvironment();
        try {
            client.createFirstUser(
                    new CreateFirstUserRequest(email, name, "", password, false, setupToken.orElse(null)));
        } catch (ApiException refused) {
            if (setupToken.isPresent() || !terminal.interactive() || !wantsSetupToken(refused)) {
                throw refused;
            }
            var typed = new SecretText(
                    terminal.askHidden("Set-up token (the last part of the link which the server printed)"));
            client.createFirstUser(new CreateFirstUserRequest(email, name, "", password, false, typed));
        }
        return new LoginWithPasswordRequest(email, password);
    }

    private static boolean wantsSetupToken(ApiException refused) {
        return refused.status() == 401
                || refused.status() == 403
                || refused.error().validations().stream()
                        .anyMatch(validation -> validation.field().equals("setup_token"));
    }

    private Optional<SecretText> setupTokenOfEnvironment() {
        @Nullable String value = context.settings().environment().get("CLOISTER_SETUP_TOKEN");
        return Optional.ofNullable(value).filter(text -> !text.isBlank()).map(SecretText::new);
    }
}
