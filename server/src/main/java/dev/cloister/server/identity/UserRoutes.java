package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.AuthMethod;
import dev.cloister.contract.api.AuthMethods;
import dev.cloister.contract.api.CreateFirstUserRequest;
import dev.cloister.contract.api.CreateFirstUserResponse;
import dev.cloister.contract.api.CreateUserRequestWithOrgs;
import dev.cloister.contract.api.GetUsersResponse;
import dev.cloister.contract.api.GithubAuthMethod;
import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.OIDCAuthMethod;
import dev.cloister.contract.api.SecretText;
import dev.cloister.contract.api.UpdateRoles;
import dev.cloister.contract.api.UpdateUserPasswordRequest;
import dev.cloister.contract.api.UpdateUserProfileRequest;
import dev.cloister.contract.api.UserStatus;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.organization.OrganizationRoutes;
import dev.cloister.server.organization.OrganizationService;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.http.SearchQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Accounts over HTTP. */
public final class UserRoutes {
    private static final String USERS = "/api/v2/users";
    private static final String USER = USERS + "/{user}";
    private static final int MAX_PAGE = 1000;

    private final UserViews views;
    private final UserService service;
    private final FirstSetup setup;
    private final OrganizationService organizations;

    public UserRoutes(UserViews views, UserService service, FirstSetup setup, OrganizationService organizations) {
        this.views = views;
        this.service = service;
        this.setup = setup;
        this.organizations = organizations;
    }

    public void register(Routes routes) {
        routes.get(USERS + "/first", Access.open("asked before anybody can sign in"), this::first);
        routes.post(USERS + "/first", Access.open("creates the first user, with a token"), this::createFirst);
        routes.get(
                USERS + "/authmethods",
                Access.open("the login page needs it"),
                request -> Response.ok(new AuthMethods(
                        "",
                        new AuthMethod(true),
                        new GithubAuthMethod(false, false),
                        new OIDCAuthMethod(false, "", ""))));
        var read = Access.to(Action.READ, ResourceType.USER);
        var update = Access.to(Action.UPDATE, ResourceType.USER);
        var personal = Access.to(Action.UPDATE_PERSONAL, ResourceType.USER);
        routes.get(USERS, read, this::list);
        routes.post(USERS, Access.to(Action.CREATE, ResourceType.USER), this::create);
        routes.get(USER, read, request -> Response.ok(views.wire(service.get(request.caller(), views.id(request)))));
        routes.delete(USER, Access.to(Action.DELETE, ResourceType.USER), this::delete);
        routes.put(USER + "/profile", personal, this::updateProfile);
        routes.put(USER + "/password", personal, this::updatePassword);
        routes.get(
                USER + "/roles",
                read,
                request -> Response.ok(views.wire(service.get(request.caller(), views.id(request)))));
        routes.put(USER + "/roles", Access.to(Action.ASSIGN, ResourceType.ASSIGN_ROLE), this::updateRoles);
        routes.put(USER + "/status/suspend", update, request -> status(request, UserStatus.SUSPENDED));
        routes.put(USER + "/status/activate", update, request -> status(request, UserStatus.ACTIVE));
        routes.get(
                USER + "/login-type",
                read,
                request -> Response.ok(Map.of(
                        "login_type",
                        service.get(request.caller(), views.id(request)).loginType())));
        routes.get(USER + "/organizations", read, this::organizationsOf);
        routes.post(
                USERS + "/validate-password",
                Access.signedIn("only measures the password that is sent"),
                this::validatePassword);
    }

    private Response first(Request request) {
        return setup.isDone()
                ? Response.ok(ApiError.of("The initial user has already been created!"))
                : Response.json(404, ApiError.of("The initial user has not been created!"));
    }

    private Response createFirst(Request request) {
        var body = request.body(CreateFirstUserRequest.class);
        Optional<Secret> token = Optional.ofNullable(body.setupToken())
                .map(SecretText::secret)
                .or(() -> request.header("Cloister-Setup-Token").map(Secret::of));
        var wanted = new UserService.NewUser(
                body.username(), body.email(), body.name(), body.password().secret(), List.of());
        var created = setup.create(request.caller(), wanted, token, isLocal(request.host()));
        return Response.json(
                201,
                new CreateFirstUserResponse(
                        created.user().value(), created.organization().value()));
    }

    private static boolean isLocal(String authority) {
        String host = authority.replaceFirst(":\\d+$", "");
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private Response list(Request request) {
        int limit = (int) request.number("limit", 0, 0, MAX_PAGE);
        int offset = (int) request.number("offset", 0, 0, Integer.MAX_VALUE);
        var filter = UserFilter.of(SearchQuery.parse(request.query("q").orElse(""), UserFilter.KEYS));
        var page = views.list(request.caller(), filter, limit == 0 ? MAX_PAGE : limit, offset);
        return Response.ok(new GetUsersResponse(page.users(), page.count()));
    }

    private Response create(Request request) {
        var body = request.body(CreateUserRequestWithOrgs.class);
        LoginType type = body.loginType();
        if (type != null && type != LoginType.PASSWORD && type != LoginType.UNSET) {
            throw new Failure.Invalid(
                    "Validation failed.", "login_type", "Only the password login type is offered so far.");
        }
        if (body.password() == null) {
            throw new Failure.Invalid("Validation failed.", "password", "A password is required.");
        }
        if (body.serviceAccount() || !body.roles().isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "roles", "Create the user first, then assign roles.");
        }
        if (body.organizationIds().isEmpty() || body.organizationIds().size() > 100) {
            throw new Failure.Invalid(
                    "Validation failed.", "organization_ids", "Name 1 to 100 organizations the user will belong to.");
        }
        Account account = service.create(
                request.caller(),
                new UserService.NewUser(
                        body.username(),
                        body.email(),
                        body.name(),
                        body.password().secret(),
                        body.organizationIds().stream().distinct().toList()));
        return Response.json(201, views.wire(account));
    }

    private Response delete(Request request) {
        service.delete(request.user(), views.id(request));
        return Response.ok(ApiError.of("User has been deleted!"));
    }

    private Response updateProfile(Request request) {
        var body = request.body(UpdateUserProfileRequest.class);
        return Response.ok(
                views.wire(service.updateProfile(request.caller(), views.id(request), body.username(), body.name())));
    }

    private Response updatePassword(Request request) {
        var body = request.body(UpdateUserPasswordRequest.class);
        Secret old =
                body.oldPassword() == null ? Secret.of("") : body.oldPassword().secret();
        service.updatePassword(
                request.user(), views.id(request), old, body.password().secret());
        return Response.empty(204);
    }

    private Response updateRoles(Request request) {
        var roles = request.body(UpdateRoles.class).roles();
        return Response.ok(views.wire(service.updateRoles(request.user(), views.id(request), roles)));
    }

    private Response status(Request request, UserStatus status) {
        return Response.ok(views.wire(service.updateStatus(request.user(), views.id(request), status)));
    }

    private Response organizationsOf(Request request) {
        UUID user = service.get(request.caller(), views.id(request)).id().value();
        return Response.ok(organizations.listOf(request.caller(), user).stream()
                .map(OrganizationRoutes::wire)
                .toList());
    }

    private Response validatePassword(Request request) {
        record Body(SecretText password) {}
        Optional<String> problem =
                PasswordRules.problem(request.body(Body.class).password().secret(), "", "");
        return Response.ok(Map.of("valid", problem.isEmpty(), "details", problem.orElse("")));
    }
}
