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
import dev.cloister.contract.api.Organization;
import dev.cloister.contract.api.SecretText;
import dev.cloister.contract.api.UpdateRoles;
import dev.cloister.contract.api.UpdateUserProfileRequest;
import dev.cloister.contract.api.User;
import dev.cloister.contract.api.UserStatus;
import dev.cloister.contract.api.ZeroValues;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.organization.OrganizationResolver;
import dev.cloister.server.organization.OrganizationRoutes;
import dev.cloister.server.organization.OrganizationService;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.http.SearchQuery;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accounts over HTTP. */
public final class UserRoutes {
    private static final String USERS = "/api/v2/users";
    private static final String USER = USERS + "/{user}";
    private static final int MAX_PAGE = 1000;
    private static final int MAX_ORGANIZATIONS = 100;

    private final UserViews views;
    private final UserService service;
    private final UserCreation creation;
    private final FirstSetup setup;
    private final OrganizationService organizations;
    private final OrganizationResolver organizationNames;

    public UserRoutes(
            UserViews views,
            UserService service,
            UserCreation creation,
            FirstSetup setup,
            OrganizationService organizations,
            OrganizationResolver organizationNames) {
        this.views = views;
        this.service = service;
        this.creation = creation;
        this.setup = setup;
        this.organizations = organizations;
        this.organizationNames = organizationNames;
    }

    public void register(Routes routes) {
        registerFirst(routes);
        var read = Access.to(Action.READ, ResourceType.USER);
        var update = Access.to(Action.UPDATE, ResourceType.USER);
        routes.get(USERS, read, this::list)
                .named("Users", "List users")
                .query("q", String.class, "Search: search, name, status, service_account, role, login_type, and times")
                .query("after_id", UUID.class, "The user after whom the page begins")
                .query("limit", Integer.class, "How many at most; 0 for as many as there can be")
                .query("offset", Integer.class, "How many to leave out")
                .answers(200, GetUsersResponse.class);
        routes.post(USERS, Access.to(Action.CREATE, ResourceType.USER), this::create)
                .named("Users", "Create a user or a service account")
                .takes(CreateUserRequestWithOrgs.class)
                .answers(201, User.class);
        routes.get(USER, read, this::get).named("Users", "Get a user").answers(200, User.class);
        routes.delete(USER, Access.to(Action.DELETE, ResourceType.USER), this::delete)
                .named("Users", "Delete a user who has no workspaces")
                .answers(200, ApiError.class);
        routes.put(USER + "/profile", Access.to(Action.UPDATE_PERSONAL, ResourceType.USER), this::updateProfile)
                .named("Users", "Change names and picture")
                .takes(UpdateUserProfileRequest.class)
                .answers(200, User.class);
        routes.get(USER + "/roles", read, this::get)
                .named("Users", "Get the roles of a user")
                .answers(200, User.class);
        routes.put(USER + "/roles", Access.to(Action.ASSIGN, ResourceType.ASSIGN_ROLE), this::updateRoles)
                .named("Users", "Give and take site roles")
                .takes(UpdateRoles.class)
                .answers(200, User.class);
        routes.put(USER + "/status/suspend", update, request -> status(request, UserStatus.SUSPENDED))
                .named("Users", "Suspend a user")
                .answers(200, User.class);
        routes.put(USER + "/status/activate", update, request -> status(request, UserStatus.ACTIVE))
                .named("Users", "Activate a user")
                .answers(200, User.class);
        routes.get(USER + "/organizations", read, this::organizationsOf)
                .named("Users", "List the organizations of a user")
                .answersList(200, Organization.class);
        routes.get(USER + "/organizations/{organizationname}", read, this::organizationOf)
                .named("Users", "Get an organization of a user by its name")
                .answers(200, Organization.class);
    }

    private void registerFirst(Routes routes) {
        routes.get(USERS + "/first", Access.open("asked before anybody can sign in"), this::first)
                .named("Users", "Ask whether there is a first user")
                .answers(200, ApiError.class)
                .answers(404, ApiError.class);
        routes.post(USERS + "/first", Access.open("creates the first user, with a token"), this::createFirst)
                .named("Users", "Create the first user")
                .takes(CreateFirstUserRequest.class)
                .answers(201, CreateFirstUserResponse.class);
        routes.get(
                        USERS + "/authmethods",
                        Access.open("the login page needs it"),
                        request -> Response.ok(new AuthMethods(
                                "",
                                new AuthMethod(true),
                                new GithubAuthMethod(false, false),
                                new OIDCAuthMethod(false, "", ""))))
                .named("Users", "List the ways to sign in")
                .answers(200, AuthMethods.class);
    }

    private Response get(Request request) {
        return Response.ok(UserViews.wire(service.whole(request.caller(), views.id(request))));
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
        var wanted = NewUser.first(
                body.username(), body.email(), body.name(), body.password().secret());
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
        int limit = (int) request.number("limit", 0, 0, Integer.MAX_VALUE);
        int offset = (int) request.number("offset", 0, 0, Integer.MAX_VALUE);
        var filter = UserFilter.of(SearchQuery.parse(request.query("q").orElse(""), UserFilter.KEYS));
        var page = new UserPage(limit == 0 ? MAX_PAGE : Math.min(limit, MAX_PAGE), offset, after(request));
        var found = views.list(request.caller(), filter, page);
        return Response.ok(new GetUsersResponse(found.users(), found.count()));
    }

    private static @Nullable UUID after(Request request) {
        var text = request.query("after_id");
        if (text.isEmpty()) {
            return null;
        }
        UUID id = Request.parseId(text.get())
                .orElseThrow(() -> new Failure.Invalid(
                        "Query parameters have invalid values.",
                        "after_id",
                        "Query param \"after_id\" must be a UUID."));
        return ZeroValues.absentIfZero(id);
    }

    private Response create(Request request) {
        var body = request.body(CreateUserRequestWithOrgs.class);
        if (body.organizationIds().size() > MAX_ORGANIZATIONS || body.roles().size() > MAX_ORGANIZATIONS) {
            throw new Failure.Invalid(
                    "Validation failed.",
                    body.roles().size() > MAX_ORGANIZATIONS ? "roles" : "organization_ids",
                    "At most " + MAX_ORGANIZATIONS + ".");
        }
        return Response.json(201, views.wire(creation.create(request.caller(), wanted(body))));
    }

    /** Whoever has not signed in yet is dormant, and active from the first time on; a machine is active at once. */
    private static NewUser wanted(CreateUserRequestWithOrgs body) {
        LoginType type = body.loginType();
        if (type == null || type == LoginType.UNSET) {
            type = body.serviceAccount() ? LoginType.NONE : LoginType.PASSWORD;
        }
        SecretText password = body.password();
        UserStatus status = body.userStatus();
        return new NewUser(
                body.username(),
                body.email(),
                body.name(),
                password == null || password.reveal().isEmpty() ? null : password.secret(),
                type,
                status != null ? status : body.serviceAccount() ? UserStatus.ACTIVE : UserStatus.DORMANT,
                body.roles(),
                body.serviceAccount(),
                body.organizationIds());
    }

    private Response delete(Request request) {
        service.delete(request.user(), views.id(request));
        return Response.ok(ApiError.of("User has been deleted!"));
    }

    private Response updateProfile(Request request) {
        var body = request.body(UpdateUserProfileRequest.class);
        var wanted = new UserService.Profile(body.username(), body.name(), body.avatarUrl());
        return Response.ok(UserViews.wire(service.updateProfile(request.caller(), views.id(request), wanted)));
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

    private Response organizationOf(Request request) {
        UUID user = service.get(request.caller(), views.id(request)).id().value();
        var wanted = views.organization(request, organizationNames);
        return Response.ok(organizations.listOf(request.caller(), user).stream()
                .filter(tenant -> tenant.id().equals(wanted))
                .findFirst()
                .map(OrganizationRoutes::wire)
                .orElseThrow(Failure.NotFound::new));
    }
}
