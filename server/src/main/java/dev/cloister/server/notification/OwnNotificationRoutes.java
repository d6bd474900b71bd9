package dev.cloister.server.notification;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.CustomNotificationContent;
import dev.cloister.contract.api.CustomNotificationRequest;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.ArrayList;
import java.util.UUID;

/** Notifications to oneself: a test by those who set the deployment up, and whatever a person or their script says. */
final class OwnNotificationRoutes {
    private static final String GROUP = "Notifications";
    private static final int LONGEST_TITLE = 120;
    private static final int LONGEST_MESSAGE = 2000;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final Notices notices;

    OwnNotificationRoutes(Transactions transactions, Authorizer authorizer, Notices notices) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.notices = notices;
    }

    void register(Routes routes) {
        routes.post("/api/v2/notifications/test", Access.to(Action.UPDATE, ResourceType.DEPLOYMENT_CONFIG), this::test)
                .named(GROUP, "Send a test to oneself")
                .answers(204);
        routes.post(
                        "/api/v2/notifications/custom",
                        Access.to(Action.CREATE, ResourceType.INBOX_NOTIFICATION),
                        this::custom)
                .named(GROUP, "Send a notification to oneself")
                .takes(CustomNotificationRequest.class)
                .answers(204)
                .answers(400, ApiError.class)
                .answers(403, ApiError.class);
    }

    private Response test(Request request) {
        authorizer.requireOnType(request.caller(), Action.UPDATE, ResourceType.DEPLOYMENT_CONFIG, null);
        var caller = request.user();
        post(caller, Notice.of(Occasion.TEST, username(caller)).with("initiator", username(caller)));
        return Response.empty(204);
    }

    private Response custom(Request request) {
        var caller = request.user();
        UUID self = caller.subject().id();
        var unused = authorizer.requireCreate(caller, ResourceType.INBOX_NOTIFICATION, null, self);
        var content = require(request.body(CustomNotificationRequest.class));
        post(
                caller,
                Notice.of(Occasion.CUSTOM, username(caller))
                        .with("title", content.title())
                        .withMarkdown("message", content.message()));
        return Response.empty(204);
    }

    private static CustomNotificationContent require(CustomNotificationRequest request) {
        var content = request.content() == null ? new CustomNotificationContent("", "") : request.content();
        var problems = new ArrayList<ValidationError>();
        bounded(problems, "content.title", content.title(), LONGEST_TITLE);
        bounded(problems, "content.message", content.message(), LONGEST_MESSAGE);
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("Invalid request body", "", problems);
        }
        return content;
    }

    private static void bounded(ArrayList<ValidationError> problems, String field, String text, int longest) {
        if (text.isBlank() || text.length() > longest) {
            problems.add(new ValidationError(field, "Must have 1 to " + longest + " characters."));
        }
    }

    /** What one says twice is meant twice: a number of its own keeps it from being taken for the same. */
    private void post(Caller.User caller, Notice notice) {
        UUID self = caller.subject().id();
        transactions.change(caller, tx -> {
            notices.post(
                    tx,
                    Audience.person(self),
                    notice.with("request", caller.origin().requestId().toString()));
            return Changed.unaudited(true, Unaudited.NOTIFICATION_TO_ONESELF);
        });
    }

    private static String username(Caller.User caller) {
        return caller.subject().username();
    }
}
