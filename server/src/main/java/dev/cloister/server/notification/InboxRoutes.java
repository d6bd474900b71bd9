package dev.cloister.server.notification;

import dev.cloister.contract.api.GetInboxNotificationResponse;
import dev.cloister.contract.api.ListInboxNotificationsResponse;
import dev.cloister.contract.api.UpdateInboxNotificationReadStatusRequest;
import dev.cloister.contract.api.UpdateInboxNotificationReadStatusResponse;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.websocket.api.Session;

/** One's own inbox over HTTP. */
final class InboxRoutes {
    private static final String PATH = "/api/v2/notifications/inbox";
    private static final String GROUP = "Notifications";

    private final InboxService service;
    private final Pushes pushes;

    InboxRoutes(InboxService service, Pushes pushes) {
        this.service = service;
        this.pushes = pushes;
    }

    void register(Routes routes) {
        var read = Access.to(Action.READ, ResourceType.INBOX_NOTIFICATION);
        var update = Access.to(Action.UPDATE, ResourceType.INBOX_NOTIFICATION);
        filtered(routes.get(PATH, read, this::list)
                .named(GROUP, "List the notifications of one's inbox")
                .query("starting_before", UUID.class, "The last notification that is known already")
                .answers(200, ListInboxNotificationsResponse.class));
        var own = Access.signedIn("it is the caller's own inbox, on which the service still asks for the right");
        routes.put(PATH + "/mark-all-as-read", own, this::markAllRead)
                .named(GROUP, "Mark all notifications as read")
                .answers(204);
        filtered(routes.socket(PATH + "/watch", read, this::watch)
                .named(GROUP, "Follow what comes into one's inbox")
                .query("format", String.class, "How the text comes: plaintext or markdown")
                .answers(101, GetInboxNotificationResponse.class));
        routes.put(PATH + "/{id}/read-status", update, this::mark)
                .named(GROUP, "Mark a notification as read or unread")
                .takes(UpdateInboxNotificationReadStatusRequest.class)
                .answers(200, UpdateInboxNotificationReadStatusResponse.class);
    }

    private static void filtered(Operation operation) {
        operation
                .query("targets", String.class, "Ids of what it must be about, all of them, separated by commas")
                .query("templates", String.class, "Ids of templates it may be of, separated by commas")
                .query("read_status", String.class, "all, read or unread");
    }

    private Response list(Request request) {
        Optional<UUID> before = request.query("starting_before")
                .map(text -> Request.parseId(text)
                        .orElseThrow(() -> InboxFilter.invalid("starting_before", "Must be a UUID.")));
        return Response.ok(service.list(request.user(), InboxFilter.of(request), before));
    }

    private Response markAllRead(Request request) {
        service.markAllRead(request.user());
        return Response.empty(204);
    }

    private Response mark(Request request) {
        UUID id = request.id("id");
        var wanted = request.body(UpdateInboxNotificationReadStatusRequest.class);
        return Response.ok(service.mark(request.user(), id, wanted.isRead()));
    }

    private Session.Listener watch(Request request) {
        boolean plainText = switch (request.query("format").orElse("markdown")) {
            case "markdown" -> false;
            case "plaintext" -> true;
            default -> throw InboxFilter.invalid("format", "Must be plaintext or markdown.");
        };
        return pushes.socket(request, service.watch(request.user(), InboxFilter.of(request), plainText));
    }
}
