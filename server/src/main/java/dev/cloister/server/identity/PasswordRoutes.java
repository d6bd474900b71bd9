package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.ChangePasswordWithOneTimePasscodeRequest;
import dev.cloister.contract.api.ConvertLoginRequest;
import dev.cloister.contract.api.OAuthConversionResponse;
import dev.cloister.contract.api.OIDCClaimsResponse;
import dev.cloister.contract.api.OneTimePasscode;
import dev.cloister.contract.api.RequestOneTimePasscodeRequest;
import dev.cloister.contract.api.SecretText;
import dev.cloister.contract.api.UpdateUserPasswordRequest;
import dev.cloister.contract.api.UserLoginType;
import dev.cloister.contract.api.ValidateUserPasswordRequest;
import dev.cloister.contract.api.ValidateUserPasswordResponse;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.Optional;

/** Passwords and the ways to sign in, over HTTP. */
public final class PasswordRoutes {
    private static final String USERS = "/api/v2/users";
    private static final String USER = USERS + "/{user}";

    private final UserViews views;
    private final UserService users;
    private final PasswordService passwords;
    private final PasswordResets resets;

    public PasswordRoutes(UserViews views, UserService users, PasswordService passwords, PasswordResets resets) {
        this.views = views;
        this.users = users;
        this.passwords = passwords;
        this.resets = resets;
    }

    public void register(Routes routes) {
        var personal = Access.to(Action.UPDATE_PERSONAL, ResourceType.USER);
        routes.put(USER + "/password", personal, this::update)
                .named("Users", "Set a password")
                .takes(UpdateUserPasswordRequest.class)
                .answers(204);
        routes.post(
                        USERS + "/validate-password",
                        Access.signedIn("only measures the password that is sent"),
                        this::validate)
                .named("Authorization", "Ask whether a password would be accepted")
                .takes(ValidateUserPasswordRequest.class)
                .answers(200, ValidateUserPasswordResponse.class);
        routes.post(USERS + "/otp/request", Access.open("asked by people who cannot sign in"), this::request)
                .named("Authorization", "Ask for a code that resets the password")
                .takes(RequestOneTimePasscodeRequest.class)
                .answers(204);
        routes.post(USERS + "/otp/change-password", Access.open("the code is the proof"), this::change)
                .named("Authorization", "Set a password with a one-time code")
                .takes(ChangePasswordWithOneTimePasscodeRequest.class)
                .answers(204);
        routes.post(USER + "/one-time-passcode", personal, this::issue)
                .named("Users", "Make a one-time code for somebody who cannot sign in")
                .answers(201, OneTimePasscode.class);
        routes.get(USER + "/login-type", Access.to(Action.READ, ResourceType.USER), this::loginType)
                .named("Users", "Get how somebody signs in")
                .answers(200, UserLoginType.class);
        routes.post(USER + "/convert-login", personal, this::convert)
                .named("Authorization", "Change to another way of signing in")
                .takes(ConvertLoginRequest.class)
                .answers(201, OAuthConversionResponse.class)
                .answers(400, ApiError.class);
        routes.get(USERS + "/oidc-claims", Access.signedIn("shows one's own claims only"), this::claims)
                .named("Users", "Get one's own claims of the identity provider")
                .answers(200, OIDCClaimsResponse.class)
                .answers(400, ApiError.class);
    }

    private Response update(Request request) {
        var body = request.body(UpdateUserPasswordRequest.class);
        Secret old =
                body.oldPassword() == null ? Secret.of("") : body.oldPassword().secret();
        passwords.update(request.user(), views.id(request), old, body.password().secret());
        return Response.empty(204);
    }

    private Response validate(Request request) {
        var body = request.body(ValidateUserPasswordRequest.class);
        Optional<String> problem = PasswordRules.problem(body.password().secret(), "", "");
        return Response.ok(new ValidateUserPasswordResponse(problem.isEmpty(), problem.orElse("")));
    }

    private Response request(Request request) {
        var body = request.body(RequestOneTimePasscodeRequest.class);
        requireEmail(body.email());
        resets.request(request.caller(), body.email());
        return Response.empty(204);
    }

    private Response change(Request request) {
        var body = request.body(ChangePasswordWithOneTimePasscodeRequest.class);
        requireEmail(body.email());
        resets.change(
                request.caller(),
                body.email(),
                body.oneTimePasscode().secret(),
                body.password().secret());
        return Response.empty(204);
    }

    private static void requireEmail(String email) {
        Names.emailProblem(email).ifPresent(problem -> {
            throw new Failure.Invalid("Validation failed.", "email", problem);
        });
    }

    private Response issue(Request request) {
        var issued = resets.issue(request.user(), views.id(request));
        return Response.json(201, new OneTimePasscode(new SecretText(issued.code()), issued.expires()));
    }

    private Response loginType(Request request) {
        return Response.ok(
                new UserLoginType(users.get(request.caller(), views.id(request)).loginType()));
    }

    private Response convert(Request request) {
        var body = request.body(ConvertLoginRequest.class);
        throw passwords.convert(
                request.user(), views.id(request), body.password().secret(), body.toType());
    }

    private Response claims(Request request) {
        throw new Failure.Invalid("You do not sign in with OpenID Connect: there are no claims.");
    }
}
