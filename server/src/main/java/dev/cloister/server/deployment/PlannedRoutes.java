package dev.cloister.server.deployment;

import static dev.cloister.server.access.Action.CREATE;
import static dev.cloister.server.access.Action.DELETE;
import static dev.cloister.server.access.Action.READ;
import static dev.cloister.server.access.Action.UPDATE;

import dev.cloister.contract.api.ApiError;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Route;
import dev.cloister.server.platform.http.Routes;
import java.util.List;

/**
 * The operations of the published API that are planned: each has its place and its access, and answers 501 with what is
 * planned. A family leaves this table when it arrives.
 */
public final class PlannedRoutes {
    private static final Access OPEN =
            Access.open("answers the same refusal to everybody, before any credential of " + "this kind exists");

    /** What a family is called in its refusals, its group in the API document, and its operations. */
    private record Family(String what, String tag, List<Planned> operations) {}

    /** Method ({@code SOCKET} for a WebSocket), path, access, and what it will do. */
    private record Planned(String method, String path, Access access, String summary) {}

    private static Planned at(String method, String path, Access access, String summary) {
        return new Planned(method, path, access, summary);
    }

    private static final List<Family> ALL = List.of(
            workspaceProxies(),
            scim(),
            siteSync(),
            organizationSync(),
            federatedSignIn(),
            authorizationServer(),
            authorizationApplications(),
            tunnels());

    private static Family workspaceProxies() {
        String all = "/api/v2/workspaceproxies";
        String one = all + "/{workspaceproxy}";
        return new Family(
                "Workspace proxies",
                "Enterprise",
                List.of(
                        at("GET", all, Access.to(READ, ResourceType.WORKSPACE_PROXY), "List workspace proxies"),
                        at("POST", all, Access.to(CREATE, ResourceType.WORKSPACE_PROXY), "Create a workspace proxy"),
                        at("GET", one, Access.to(READ, ResourceType.WORKSPACE_PROXY), "Get a workspace proxy"),
                        at("PATCH", one, Access.to(UPDATE, ResourceType.WORKSPACE_PROXY), "Change a workspace proxy"),
                        at("DELETE", one, Access.to(DELETE, ResourceType.WORKSPACE_PROXY), "Delete a workspace proxy"),
                        at("POST", all + "/me/app-stats", OPEN, "Report the use of applications"),
                        at("SOCKET", all + "/me/coordinate", OPEN, "Coordinate the tunnels of a workspace proxy"),
                        at("GET", all + "/me/crypto-keys", OPEN, "Get the keys of a workspace proxy"),
                        at("POST", all + "/me/deregister", OPEN, "Sign a workspace proxy off"),
                        at("POST", all + "/me/issue-signed-app-token", OPEN, "Issue a token for an application"),
                        at("POST", all + "/me/register", OPEN, "Sign a workspace proxy on"),
                        at(
                                "POST",
                                "/api/v2/applications/reconnecting-pty-signed-token",
                                Access.signedIn("refused to everybody alike"),
                                "Issue a token for a terminal through a workspace proxy")));
    }

    private static Family scim() {
        String users = "/scim/v2/Users";
        return new Family(
                "Provisioning of users by SCIM",
                "SCIM",
                List.of(
                        at("GET", "/scim/v2/ServiceProviderConfig", OPEN, "Get what SCIM offers"),
                        at("GET", users, OPEN, "List users by SCIM"),
                        at("POST", users, OPEN, "Create a user by SCIM"),
                        at("GET", users + "/{id}", OPEN, "Get a user by SCIM"),
                        at("PATCH", users + "/{id}", OPEN, "Change a user by SCIM"),
                        at("PUT", users + "/{id}", OPEN, "Replace a user by SCIM")));
    }

    private static Family siteSync() {
        String base = "/api/v2/settings/idpsync";
        var read = Access.to(READ, ResourceType.IDPSYNC_SETTINGS);
        var update = Access.to(UPDATE, ResourceType.IDPSYNC_SETTINGS);
        String organization = base + "/organization";
        return new Family(
                "Sync with an identity provider",
                "Identity provider sync",
                List.of(
                        at("GET", base + "/available-fields", read, "List the claims that are known"),
                        at("GET", base + "/field-values", read, "List the values of a claim"),
                        at("GET", organization, read, "Get how organizations follow claims"),
                        at("PATCH", organization, update, "Set how organizations follow claims"),
                        at("PATCH", organization + "/config", update, "Set the claim that organizations follow"),
                        at("PATCH", organization + "/mapping", update, "Map claims to organizations")));
    }

    private static Family organizationSync() {
        String base = "/api/v2/organizations/{organization}/settings/idpsync";
        var read = Access.to(READ, ResourceType.IDPSYNC_SETTINGS);
        var update = Access.to(UPDATE, ResourceType.IDPSYNC_SETTINGS);
        return new Family(
                "Sync with an identity provider",
                "Identity provider sync",
                List.of(
                        at("GET", base + "/available-fields", read, "List the claims known in an organization"),
                        at("GET", base + "/field-values", read, "List the values of a claim in an organization"),
                        at("GET", base + "/groups", read, "Get how groups follow claims"),
                        at("PATCH", base + "/groups", update, "Set how groups follow claims"),
                        at("PATCH", base + "/groups/config", update, "Set the claim that groups follow"),
                        at("PATCH", base + "/groups/mapping", update, "Map claims to groups"),
                        at("GET", base + "/roles", read, "Get how roles follow claims"),
                        at("PATCH", base + "/roles", update, "Set how roles follow claims"),
                        at("PATCH", base + "/roles/config", update, "Set the claim that roles follow"),
                        at("PATCH", base + "/roles/mapping", update, "Map claims to roles")));
    }

    private static Family federatedSignIn() {
        return new Family(
                "Sign-in with OpenID Connect or GitHub",
                "Users",
                List.of(
                        at("GET", "/api/v2/users/oidc/callback", OPEN, "Come back from an OpenID Connect provider"),
                        at("GET", "/api/v2/users/oauth2/github/callback", OPEN, "Come back from GitHub"),
                        at("GET", "/api/v2/users/oauth2/github/device", OPEN, "Begin a sign-in at GitHub by device"),
                        at(
                                "GET",
                                "/api/v2/debug/{user}/debug-link",
                                Access.to(READ, ResourceType.DEBUG_INFO),
                                "Inspect the sign-in of a user")));
    }

    private static Family authorizationServer() {
        String client = "/oauth2/clients/{client_id}";
        return new Family(
                "The OAuth 2 provider",
                "OAuth2",
                List.of(
                        at("GET", "/.well-known/oauth-authorization-server", OPEN, "Describe the OAuth 2 provider"),
                        at("GET", "/.well-known/oauth-protected-resource", OPEN, "Describe what OAuth 2 protects"),
                        at("GET", "/oauth2/authorize", OPEN, "Ask a person for a grant"),
                        at("POST", "/oauth2/authorize", OPEN, "Give a grant"),
                        at("GET", client, OPEN, "Get a registered client"),
                        at("PUT", client, OPEN, "Change a registered client"),
                        at("DELETE", client, OPEN, "Delete a registered client"),
                        at("POST", "/oauth2/register", OPEN, "Register a client"),
                        at("POST", "/oauth2/revoke", OPEN, "Revoke a token"),
                        at("POST", "/oauth2/tokens", OPEN, "Exchange a grant for a token"),
                        at("DELETE", "/oauth2/tokens", OPEN, "Delete the tokens of an application")));
    }

    private static Family authorizationApplications() {
        String all = "/api/v2/oauth2-provider/apps";
        String one = all + "/{app}";
        String secrets = one + "/secrets";
        var app = ResourceType.OAUTH2_APP;
        var secret = ResourceType.OAUTH2_APP_SECRET;
        return new Family(
                "The OAuth 2 provider",
                "OAuth2",
                List.of(
                        at("GET", all, Access.to(READ, app), "List OAuth 2 applications"),
                        at("POST", all, Access.to(CREATE, app), "Create an OAuth 2 application"),
                        at("GET", one, Access.to(READ, app), "Get an OAuth 2 application"),
                        at("PUT", one, Access.to(UPDATE, app), "Change an OAuth 2 application"),
                        at("DELETE", one, Access.to(DELETE, app), "Delete an OAuth 2 application"),
                        at("GET", secrets, Access.to(READ, secret), "List the secrets of an OAuth 2 application"),
                        at("POST", secrets, Access.to(CREATE, secret), "Create a secret of an OAuth 2 application"),
                        at(
                                "DELETE",
                                secrets + "/{secretID}",
                                Access.to(DELETE, secret),
                                "Delete a secret of an OAuth 2 application")));
    }

    private static Family tunnels() {
        var signedIn = Access.signedIn("refused to everybody alike");
        var debug = Access.to(READ, ResourceType.DEBUG_INFO);
        return new Family(
                "The peer-to-peer tunnel",
                "Agents",
                List.of(
                        at("SOCKET", "/api/v2/tailnet", signedIn, "Coordinate the tunnels of a person"),
                        at("SOCKET", "/api/v2/derp-map", signedIn, "Follow the map of relays"),
                        at("SOCKET", "/derp", OPEN, "Relay packets"),
                        at("GET", "/derp/latency-check", OPEN, "Measure the way to a relay"),
                        at("GET", "/api/v2/debug/coordinator", debug, "Inspect the coordinator of tunnels"),
                        at("GET", "/api/v2/debug/tailnet", debug, "Inspect the tunnels"),
                        at("GET", "/api/v2/debug/derp/traffic", debug, "Inspect the traffic of relays")));
    }

    public void register(Routes routes) {
        for (Family family : ALL) {
            for (Planned planned : family.operations()) {
                register(routes, planned, family.what())
                        .named(family.tag(), planned.summary())
                        .answers(501, ApiError.class);
            }
        }
    }

    private static Operation register(Routes routes, Planned planned, String what) {
        Route.Handler refuse = request -> {
            throw refusal(what);
        };
        return switch (planned.method()) {
            case "GET" -> routes.get(planned.path(), planned.access(), refuse);
            case "POST" -> routes.post(planned.path(), planned.access(), refuse);
            case "PUT" -> routes.put(planned.path(), planned.access(), refuse);
            case "PATCH" -> routes.patch(planned.path(), planned.access(), refuse);
            case "DELETE" -> routes.delete(planned.path(), planned.access(), refuse);
            case "SOCKET" ->
                routes.socket(planned.path(), planned.access(), request -> {
                    throw refusal(what);
                });
            default -> throw new IllegalArgumentException(planned.method());
        };
    }

    private static Failure refusal(String what) {
        return new Failure.NotOffered(what + ": planned, and not part of this version yet.");
    }
}
