package dev.cloister.server.workspace.schedule;

import dev.cloister.contract.api.UpdateUserQuietHoursScheduleRequest;
import dev.cloister.contract.api.UserQuietHoursScheduleResponse;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.identity.UserResolver;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;

/** Quiet hours over HTTP. */
public final class QuietHoursRoutes {
    private static final String PATH = "/api/v2/users/{user}/quiet-hours";

    private final Transactions transactions;
    private final UserResolver users;
    private final QuietHoursService service;

    public QuietHoursRoutes(Transactions transactions, UserResolver users, QuietHoursService service) {
        this.transactions = transactions;
        this.users = users;
        this.service = service;
    }

    public void register(Routes routes) {
        routes.get(
                        PATH,
                        Access.to(Action.READ_PERSONAL, ResourceType.USER),
                        request -> Response.ok(service.get(request.caller(), user(request))))
                .named("Enterprise", "Show when a person's workspaces may be stopped")
                .answers(200, UserQuietHoursScheduleResponse.class);
        routes.put(PATH, Access.to(Action.UPDATE_PERSONAL, ResourceType.USER), this::set)
                .named("Enterprise", "Set when a person's workspaces may be stopped")
                .takes(UpdateUserQuietHoursScheduleRequest.class)
                .answers(200, UserQuietHoursScheduleResponse.class);
    }

    private UserId user(Request request) {
        return transactions.read(tx -> users.resolve(tx, request.caller(), request.path("user")));
    }

    private Response set(Request request) {
        var wanted = request.body(UpdateUserQuietHoursScheduleRequest.class);
        return Response.ok(service.set(request.caller(), user(request), wanted.schedule()));
    }
}
